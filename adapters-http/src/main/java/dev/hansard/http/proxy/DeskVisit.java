// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.RequestParser;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireFault;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of one request to a desk of Hansard's own. The content is small, so that it has to be there within
 * the time that a head may take; the connection ends when it is not.
 */
final class DeskVisit {
    private static final Refusal INCOMPLETE =
            new Refusal(400, "incomplete_content", "The request ended before its content had come in.");

    private final CallerSelector shared;
    private final CallerInput input;
    private final CallerOutput output;
    private final Deadline reading;
    private final OwnDesk desk;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    DeskVisit(CallerSelector shared, CallerInput input, CallerOutput output, Deadline reading, OwnDesk desk) {
        this.shared = shared;
        this.input = input;
        this.output = output;
        this.reading = reading;
        this.desk = desk;
    }

    /** Answers. True when the caller's connection can carry another request. */
    boolean serve(RequestHead head) throws IOException {
        Refusal refusal = read();
        if (refusal != null) {
            shared.gateway().refusedOnTheWire(refusal.code());
            output.problem(refusal, null, !head.method().equals("HEAD"), true);
            output.flush();
            input.linger(reading);
            return false;
        }
        OwnDesk.Reply reply = desk.answer(content.toByteArray());
        boolean goOn = reply.status() == 200 && input.parser().keepAlive() && !shared.isDraining();
        output.reply(reply, null, !head.method().equals("HEAD"), !goOn);
        output.flush();
        return goOn;
    }

    /** Reads all of the content; gives a refusal when it must not be used. */
    private @Nullable Refusal read() throws IOException {
        RequestParser parser = input.parser();
        if (parser.framing() == BodyFraming.NONE) {
            return null;
        }
        if (parser.framing() == BodyFraming.LENGTH && parser.contentLength() > desk.mostBytes()) {
            return tooLarge();
        }
        if (parser.expectsContinue()) {
            output.writer().statusLine(100, StatusReason.of(100));
            output.writer().end();
            output.flush();
        }
        input.decoder().begin(parser.framing(), parser.contentLength());
        reading.set(shared.settings().timeouts().requestHead());
        try {
            return readAll();
        } finally {
            reading.clear();
        }
    }

    private @Nullable Refusal readAll() throws IOException {
        Step step = decode();
        while (step == Step.NEED_MORE && content.size() <= desk.mostBytes()) {
            if (!input.readMoreOfBody()) {
                return INCOMPLETE; // Nobody may be left to read it.
            }
            step = decode();
        }
        if (step == Step.FAULT) {
            WireFault fault = input.decoder().fault();
            return new Refusal(fault.status(), fault.code(), fault.detail());
        }
        return content.size() > desk.mostBytes() ? tooLarge() : null;
    }

    /** One decode brings no more than one read, so that the content outgrows its limit by that at the most. */
    private Step decode() throws IOException {
        return input.decode(content::write);
    }

    private Refusal tooLarge() {
        return new Refusal(
                413, "content_too_large", "The content must have at most " + desk.mostBytes() + " bytes here.");
    }
}
