// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One message of the battery of hostile and unusual upstreams.
 *
 * @param name what is special about it
 * @param method the method of the request that it answers
 * @param raw the bytes, one char each; the upstream sends nothing after them and closes the connection
 */
public record ResponseCase(String name, String method, String raw, Outcome outcome) {
    /** What the codec makes of a message. */
    public sealed interface Outcome {
        /**
         * It is a response.
         *
         * @param interims the 1xx codes before it
         * @param rest the bytes after it: unless there are none, the connection must not be used again
         */
        record Accepted(
                int status, BodyFraming framing, String content, boolean reusable, List<Integer> interims, String rest)
                implements Outcome {}

        /** The caller gets 502 with this code; or, in the content, a response that visibly breaks off. */
        record Refused(String code, boolean inContent) implements Outcome {}

        /** The upstream went away in the middle of the head: 502. */
        record Unfinished() implements Outcome {}
    }

    static ResponseCase accepted(String name, int status, BodyFraming framing, String content, String raw) {
        boolean reusable = framing != BodyFraming.UNTIL_CLOSE;
        return new ResponseCase(
                name, "GET", raw, new Outcome.Accepted(status, framing, content, reusable, List.of(), ""));
    }

    static ResponseCase refused(String name, WireFault fault, String raw) {
        return new ResponseCase(name, "GET", raw, new Outcome.Refused(fault.code(), false));
    }

    static ResponseCase refusedInContent(String name, WireFault fault, String raw) {
        return new ResponseCase(name, "GET", raw, new Outcome.Refused(fault.code(), true));
    }

    static ResponseCase unfinished(String name, String raw) {
        return new ResponseCase(name, "GET", raw, new Outcome.Unfinished());
    }

    ResponseCase to(String requestMethod) {
        return new ResponseCase(name, requestMethod, raw, outcome);
    }

    ResponseCase once() {
        var a = (Outcome.Accepted) outcome;
        return with(new Outcome.Accepted(a.status(), a.framing(), a.content(), false, a.interims(), a.rest()));
    }

    ResponseCase after(Integer... interims) {
        var a = (Outcome.Accepted) outcome;
        return with(new Outcome.Accepted(
                a.status(), a.framing(), a.content(), a.reusable(), Arrays.asList(interims), a.rest()));
    }

    ResponseCase leaving(String rest) {
        var a = (Outcome.Accepted) outcome;
        return with(new Outcome.Accepted(a.status(), a.framing(), a.content(), a.reusable(), a.interims(), rest));
    }

    private ResponseCase with(Outcome other) {
        return new ResponseCase(name, method, raw, other);
    }

    public byte[] bytes() {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
