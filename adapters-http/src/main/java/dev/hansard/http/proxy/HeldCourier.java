// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.upstream.UpstreamPool;
import dev.hansard.http.wire.BodyDecoder;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.http.wire.ResponseParser;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.CallCourier;
import dev.hansard.ports.exchange.CarriedResponse;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.exchange.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries calls through without a connection of their callers: over a socket whose input is what was held, and whose
 * output is kept. All else is the same exchange as any other.
 */
public final class HeldCourier implements CallCourier {
    private static final String NAME = "approvals";
    private static final Set<String> OF_CONNECTION = Set.of("connection", "content-length", "transfer-encoding");
    private static final int HEAD_BYTES = 128 * 1024;

    private final CallerSelector shared;

    private HeldCourier(CallerSelector shared) {
        this.shared = shared;
    }

    /** One that uses the connections of the node's listeners. */
    public static CallCourier with(Gateway gateway, UpstreamPool upstreams, Deadlines deadlines) {
        var settings = new ListenerSettings(
                NAME, "", 0, null, false, ListenerSettings.Limits.DEFAULT, ListenerSettings.Timeouts.DEFAULT);
        return new HeldCourier(new CallerSelector(settings, gateway, upstreams, deadlines, null));
    }

    @Override
    public @Nullable CarriedResponse carry(Call call, RequestHead head, @Nullable RequestBody body, int mostBytes) {
        var output = new KeptOutput(mostBytes + HEAD_BYTES);
        CallerSocket socket = CallerSocket.of(input(head, body), output);
        Deadline reading = shared.deadlines().watch(() -> {});
        Deadline writing = shared.deadlines().watch(() -> {});
        try {
            var input = new CallerInput(socket, WireLimits.DEFAULT);
            input.beginHead();
            while (input.parseHead() == Step.NEED_MORE && input.readMoreOfHead()) {
                // It is all there.
            }
            var callerOutput = new CallerOutput(
                    socket, writing, shared.settings().timeouts().idle(), false);
            boolean _ = new Exchange(shared, input, callerOutput, reading, call).serve(head);
            return output.isCut() ? null : response(head.method(), output.toByteArray(), mostBytes);
        } catch (IOException e) {
            throw new IllegalStateException("a memory cannot be read or written", e);
        } finally {
            reading.close();
            writing.close();
        }
    }

    /** Only its framing counts: the fields that go on are those of the head that was admitted. */
    private static InputStream input(RequestHead head, @Nullable RequestBody body) {
        var writer = new HeadWriter();
        writer.requestLine(head.method(), "/");
        writer.field("Host", NAME);
        writer.field("Connection", "close");
        if (body != null) {
            writer.length(body.length());
        }
        writer.end();
        var bytes = new ByteArrayInputStream(writer.bytes(), 0, writer.length());
        return body == null ? bytes : new SequenceInputStream(bytes, body.open());
    }

    private static @Nullable CarriedResponse response(String method, byte[] bytes, int mostBytes) throws IOException {
        var parser = new ResponseParser(WireLimits.DEFAULT);
        int from = 0;
        do {
            parser.reset(method);
            if (parser.parse(bytes, from, bytes.length) != Step.DONE) {
                return null;
            }
            from = parser.headEnd();
        } while (parser.interim());
        var content = new ByteArrayOutputStream();
        if (parser.framing() != BodyFraming.NONE) {
            var decoder = new BodyDecoder(WireLimits.DEFAULT);
            decoder.begin(parser.framing(), parser.contentLength());
            Step step = decoder.decode(bytes, from, bytes.length, content::write);
            if (step != Step.DONE || content.size() > mostBytes) {
                return null;
            }
        }
        List<Field> fields = parser.head().fields().toList().stream()
                .filter(field -> !OF_CONNECTION.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new CarriedResponse(
                parser.head().status(), parser.head().reason(), fields, ByteBuffer.wrap(content.toByteArray()));
    }

    /** Keeps so much; what comes behind is thrown away, since the call has to come to its end for its record. */
    private static final class KeptOutput extends ByteArrayOutputStream {
        private final int most;
        private boolean cut;

        KeptOutput(int most) {
            this.most = most;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            cut |= size() + length > most;
            if (!cut) {
                super.write(bytes, offset, length);
            }
        }

        boolean isCut() {
            return cut;
        }
    }
}
