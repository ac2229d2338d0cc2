// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.RequestParser;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireFault;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Ruling;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of a request's content before anything of it goes on, because a policy has to see it. What is read is on
 * the record as well, so that a denied request can be looked at. Owned by the connection's thread.
 */
final class ContentHold {
    private final CallerInput input;
    private final CallerOutput output;
    private final Deadline reading;
    private final Call call;
    private final Ruling.NeedsContent needed;
    private final ContentPace pace;
    private final HeldContent held;
    private @Nullable Refusal refusal;

    ContentHold(
            CallerSelector shared,
            CallerInput input,
            CallerOutput output,
            Deadline reading,
            Call call,
            Ruling.NeedsContent needed) {
        this.input = input;
        this.output = output;
        this.reading = reading;
        this.call = call;
        this.needed = needed;
        this.pace = new ContentPace(shared, reading);
        this.held = new HeldContent(shared.held());
    }

    /** All of it; null when it must not be used, which {@link #refusal} explains. */
    @Nullable
    HeldContent read() throws IOException {
        boolean whole = false;
        try {
            whole = readWhole();
            return whole ? held : null;
        } finally {
            reading.clear();
            if (!whole) {
                held.close();
            }
        }
    }

    /** Why the content must not be used. */
    Refusal refusal() {
        if (refusal == null) {
            throw new IllegalStateException("a content that is whole has no refusal");
        }
        return refusal;
    }

    private boolean readWhole() throws IOException {
        RequestParser parser = input.parser();
        if (parser.framing() == BodyFraming.LENGTH && parser.contentLength() > needed.mostBytes()) {
            refusal = needed.tooLarge();
            return false;
        }
        input.decoder().begin(parser.framing(), parser.contentLength());
        Step step = input.decode(this::take);
        if (step == Step.NEED_MORE && parser.expectsContinue() && held.length() == 0) {
            output.writer().statusLine(100, StatusReason.of(100));
            output.writer().end();
            output.flush();
        }
        while (step == Step.NEED_MORE && refusal == null) {
            readMore();
            step = input.decode(this::take);
        }
        if (step == Step.FAULT && refusal == null) {
            WireFault fault = input.decoder().fault();
            refusal = new Refusal(fault.status(), fault.code(), fault.detail());
        }
        if (refusal == null) {
            call.requestEnd(input.decoder().trailers());
        }
        return refusal == null;
    }

    private void readMore() throws CallerException {
        pace.limit(held.length());
        try {
            if (!input.readMoreOfBody()) {
                throw new IOException("the connection ended within a content");
            }
        } catch (IOException e) {
            throw new CallerException(reading.hasPassed() ? Ending.CALLER_TOO_SLOW : Ending.CALLER_ABORTED, e);
        }
    }

    /** One decode brings no more than one read, so that nothing outgrows its limit by more than that. */
    private void take(byte[] bytes, int offset, int length) {
        if (refusal != null) {
            return;
        }
        if (length > needed.mostBytes() - held.length()) {
            refusal = needed.tooLarge();
        } else if (held.add(bytes, offset, length)) {
            call.requestBody(bytes, offset, length);
        } else {
            refusal = HeldMemory.full();
        }
    }
}
