// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One message of the battery: what a caller sends, what the codec makes of it, and what the whole proxy answers.
 *
 * @param name what is special about it
 * @param raw the bytes, one char each; the caller sends nothing after them and closes its side
 * @param outcome what the codec alone must say
 * @param answers the status codes that the whole proxy must answer, in order, when it listens with one service
 *     reached by the host {@code a.test} whose upstream answers everything with 200; empty when this battery leaves
 *     it open
 */
public record RequestCase(String name, String raw, Outcome outcome, List<Integer> answers) {
    /** What the codec makes of a message. */
    public sealed interface Outcome {
        /** It is a message with this content; {@code rest} are the bytes after it. */
        record Accepted(BodyFraming framing, String content, String rest) implements Outcome {}

        /** It is refused; only when that happens in the content may an upstream have seen a (broken) part of it. */
        record Refused(int status, String code, boolean inContent) implements Outcome {}

        /** The head is good as far as it goes, and does not end. */
        record Unfinished() implements Outcome {}
    }

    public RequestCase {
        answers = List.copyOf(answers);
    }

    static RequestCase accepted(String name, String raw) {
        return accepted(name, BodyFraming.NONE, "", raw);
    }

    static RequestCase accepted(String name, BodyFraming framing, String content, String raw) {
        return new RequestCase(name, raw, new Outcome.Accepted(framing, content, ""), List.of(200));
    }

    static RequestCase refused(String name, WireFault fault, String raw) {
        return new RequestCase(
                name, raw, new Outcome.Refused(fault.status(), fault.code(), false), List.of(fault.status()));
    }

    /** The answer is 400 or so when it still can be given; the upstream may have answered before. */
    static RequestCase refusedInContent(String name, WireFault fault, String raw) {
        return new RequestCase(name, raw, new Outcome.Refused(fault.status(), fault.code(), true), List.of());
    }

    /** The caller went away in the middle of the head: there is nobody to answer. */
    static RequestCase unfinished(String name, String raw) {
        return new RequestCase(name, raw, new Outcome.Unfinished(), List.of());
    }

    /** The same, but other bytes follow the message. */
    RequestCase leaving(String rest) {
        var accepted = (Outcome.Accepted) outcome;
        return new RequestCase(name, raw, new Outcome.Accepted(accepted.framing(), accepted.content(), rest), answers);
    }

    /** The same, but the whole proxy answers otherwise than the codec alone suggests. */
    RequestCase answered(Integer... statuses) {
        return new RequestCase(name, raw, outcome, Arrays.asList(statuses));
    }

    /** The same, but what the whole proxy answers is not for this battery to say. */
    RequestCase answeredSomehow() {
        return new RequestCase(name, raw, outcome, List.of());
    }

    public byte[] bytes() {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether no byte of the message may ever reach an upstream. */
    public boolean mustNotReachUpstream() {
        return switch (outcome) {
            case Outcome.Accepted _ -> !answers.isEmpty() && answers.getFirst() >= 400;
            case Outcome.Refused refused -> !refused.inContent();
            case Outcome.Unfinished _ -> true;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
