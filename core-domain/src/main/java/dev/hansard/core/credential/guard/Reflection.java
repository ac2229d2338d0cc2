// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.guard;

import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks for injected values in texts that are there as a whole: field values and reasons. */
public final class Reflection {
    /** The answer in the place of a response that has an injected value. */
    public static final Refusal REFUSAL = new Refusal(
            502,
            "credential_reflected",
            "The response repeats a credential that Hansard had added to the request, so it is not passed on; have"
                    + " the service stop repeating what it is sent.");

    /** The answer in the place of a response that cannot be looked through. */
    static final Refusal BLIND = new Refusal(
            502,
            "credential_guard_blind",
            "The response's content coding keeps it from being looked through for the credential that Hansard had added"
                    + " to the request, so it is not passed on; have the service send it with gzip, or without.");

    private Reflection() {}

    public static boolean isIn(ExactValues values, Fields fields) {
        for (int index = 0; index < fields.count(); index++) {
            if (isIn(values, fields.value(index)) || isIn(values, fields.name(index))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks through one text.
     *
     * @param text one char for each byte
     */
    public static boolean isIn(ExactValues values, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var found = new AtomicBoolean();
        values.scan(bytes, 0, bytes.length, (_, _, _) -> found.set(true));
        return found.get();
    }

    /** The same text with each value covered. */
    public static String covered(ExactValues values, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        values.scan(bytes, 0, bytes.length, (from, to, _) -> cover(bytes, from, to));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The fields with a value in them, covered. */
    public static List<Field> covered(ExactValues values, Fields fields) {
        var covered = new ArrayList<Field>();
        for (int index = 0; index < fields.count(); index++) {
            String value = fields.value(index);
            String after = covered(values, value);
            if (!after.equals(value)) {
                covered.add(new Field(fields.name(index), after));
            }
        }
        return covered;
    }

    /** In its own length, so that what says how long the content is stays true. */
    static void cover(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            bytes[i] = '*';
        }
    }
}
