// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.ResponseCase;
import dev.hansard.http.wire.ResponseCase.Outcome;
import dev.hansard.http.wire.ResponseCases;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The codec's battery of hostile and unusual upstreams, through a whole node, each followed by an ordinary call. */
class ResponseBatteryTest {
    private static final String NEXT = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext";

    @TempDir
    Path folder;

    private final AtomicReference<ResponseCase> current =
            new AtomicReference<>(ResponseCases.all().getFirst());
    private final AtomicReference<@Nullable Socket> lastSocket = new AtomicReference<>();
    private final AtomicReference<@Nullable Socket> nextSocket = new AtomicReference<>();

    @Test
    void handsOnWhatIsSoundAndNeverLetsOneResponseSpoilTheNext() throws IOException {
        List<String> failures = new ArrayList<>();
        try (var upstream = ScriptedUpstream.with((request, out, socket) -> {
                    boolean isNext = request.startsWith("GET /next ");
                    (isNext ? nextSocket : lastSocket).set(socket);
                    out.write((isNext ? NEXT : current.get().raw()).getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                    // Kept open where only that shows whether Hansard would wrongly use it again.
                    return isNext
                            || (current.get().outcome() instanceof Outcome.Accepted accepted
                                    && accepted.framing() != BodyFraming.UNTIL_CLOSE);
                });
                var node = RunningNode.relaxed(folder, upstream.port())) {
            for (ResponseCase one : ResponseCases.all()) {
                String problem = problemOf(node, one);
                if (!problem.isEmpty()) {
                    failures.add(one + ": " + problem);
                }
                String next = next(node);
                if (!next.endsWith("\r\n\r\nnext") || !next.startsWith("HTTP/1.1 200 OK\r\n")) {
                    failures.add(one + ": the next call got " + next);
                }
                if (!mayBeReused(one) && Objects.equals(lastSocket.get(), nextSocket.get())) {
                    failures.add(one + ": its connection was used again");
                }
            }

            assertThat(failures).isEmpty();
            assertThat(ResponseCases.all()).hasSizeGreaterThan(60);
        }
    }

    private static boolean mayBeReused(ResponseCase one) {
        return one.outcome() instanceof Outcome.Accepted accepted
                && accepted.reusable()
                && accepted.rest().isEmpty();
    }

    private static String next(RunningNode node) throws IOException {
        try (RawClient caller = node.caller()) {
            return caller.send("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n").readResponse();
        }
    }

    private String problemOf(RunningNode node, ResponseCase one) throws IOException {
        current.set(one);
        try (RawClient caller = node.caller()) {
            caller.send(one.method() + " / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            return switch (one.outcome()) {
                case Outcome.Accepted accepted -> problemOf(caller, one, accepted);
                case Outcome.Refused(String code, boolean inContent) -> problemOfRefused(caller, one, code, inContent);
                case Outcome.Unfinished _ -> problemOfRefused(caller, one, "upstream_closed", false);
            };
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String problemOf(RawClient caller, ResponseCase one, Outcome.Accepted accepted) throws IOException {
        for (int interim : accepted.interims()) {
            String head = caller.readHead();
            if (!head.startsWith("HTTP/1.1 " + interim + " ") || head.contains("Hansard-Session")) {
                return "instead of interim " + interim + " there was " + head;
            }
        }
        String head = caller.readHead();
        if (!head.startsWith("HTTP/1.1 " + accepted.status() + " ")) {
            return "instead of " + accepted.status() + " there was " + head;
        }
        String content = accepted.framing() == BodyFraming.NONE ? "" : content(caller, head);
        return content.equals(accepted.content()) ? "" : one.name() + " has the content '" + content + "'";
    }

    private static String content(RawClient caller, String head) throws IOException {
        if (!head.contains("\r\nContent-Length: ") && !head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            throw new IOException("no framing in " + head);
        }
        return caller.readContent(head);
    }

    private static String problemOfRefused(RawClient caller, ResponseCase one, String code, boolean inContent)
            throws IOException {
        String head;
        try {
            do {
                head = caller.readHead();
            } while (head.startsWith("HTTP/1.1 1"));
        } catch (IOException _) {
            return inContent ? "" : "there was no answer";
        }
        if (head.startsWith("HTTP/1.1 502 ") && one.method().equals("HEAD")) {
            return "";
        }
        if (head.startsWith("HTTP/1.1 502 ")) {
            String problem = content(caller, head);
            return problem.contains("\"" + code + "\"") ? "" : "502 with " + problem;
        }
        if (!inContent) {
            return "answered " + head;
        }
        try {
            return "looks whole: " + content(caller, head);
        } catch (EOFException | java.net.SocketException _) {
            return "";
        }
    }
}
