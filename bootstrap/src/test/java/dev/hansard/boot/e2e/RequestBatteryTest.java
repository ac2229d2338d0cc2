// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.http.wire.RequestCase;
import dev.hansard.http.wire.RequestCase.Outcome;
import dev.hansard.http.wire.RequestCases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The codec's battery of requests, each on a connection of its own, through a whole node. */
class RequestBatteryTest {
    private static final String SMUGGLED = "GET /after-a-refusal HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void answersEachAsSpecifiedAndLetsNoneThroughThatMustBeRefused() throws IOException {
        List<String> failures = new ArrayList<>();
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = RunningNode.forHost("a.test", folder, upstream.port())) {
            for (RequestCase one : RequestCases.all()) {
                int before = upstream.begun();
                List<Integer> answers = answers(node, one);
                if (!expected(one, answers)) {
                    failures.add(one + ": answered " + answers + " instead of " + one.answers());
                }
                if (one.mustNotReachUpstream() && upstream.begun() > before) {
                    failures.add(one + ": reached the upstream");
                }
            }

            assertThat(failures).isEmpty();
            assertThat(upstream.requests()).noneMatch(request -> request.contains("after-a-refusal"));
            assertThat(RequestCases.all()).hasSizeGreaterThan(150);
        }
    }

    private static List<Integer> answers(RunningNode node, RequestCase one) throws IOException {
        try (RawClient caller = node.caller()) {
            try {
                caller.send(one.bytes());
                if (one.outcome() instanceof Outcome.Refused refused && !refused.inContent()) {
                    // What comes after a refusal must not be taken for a request.
                    caller.send(SMUGGLED);
                }
                caller.halfClose();
            } catch (IOException _) {
                // It was refused and closed before all was sent.
            }
            return statuses(caller.readToEnd(), one.raw().startsWith("HEAD "));
        }
    }

    private static boolean expected(RequestCase one, List<Integer> answers) {
        return switch (one.outcome()) {
            // A caller that half-closed within its content is gone; one that announces too much is told so first.
            case Outcome.Refused(var _, String code, var _)
            when code.equals("content_truncated") -> answers.isEmpty() || answers.equals(List.of(413));
            case Outcome.Refused(int status, var _, var _) -> answers.equals(List.of(status));
            case Outcome.Unfinished _ -> answers.isEmpty();
            case Outcome.Accepted _ -> one.answers().isEmpty() || answers.equals(one.answers());
        };
    }

    private static List<Integer> statuses(String received, boolean head) {
        var statuses = new ArrayList<Integer>();
        for (int at = 0; at < received.length(); ) {
            statuses.add(Integer.parseInt(received.substring(at + "HTTP/1.1 ".length(), at + "HTTP/1.1 200".length())));
            int end = received.indexOf("\r\n\r\n", at) + 4;
            String fields = received.substring(at, end);
            int length = fields.indexOf("\r\nContent-Length: ");
            int from = length + "\r\nContent-Length: ".length();
            boolean noContent = (head && statuses.size() == 1) || length < 0;
            at = end + (noContent ? 0 : Integer.parseInt(fields.substring(from, fields.indexOf('\r', from))));
        }
        return statuses;
    }
}
