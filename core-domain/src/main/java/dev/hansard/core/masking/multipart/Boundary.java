// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.multipart;

import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands between parts (RFC 2046 section 5.1.1). Immutable. */
public final class Boundary {
    /** Longest boundary that is honoured; RFC 2046 allows 70. */
    private static final int MAX_LENGTH = 200;

    private static final byte[] FIRST_FIELD = "content-".getBytes(StandardCharsets.US_ASCII);

    private final byte[] delimiter;

    private Boundary(String boundary) {
        delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * The boundary that the label gives, if a line begins with it, or else the one that the content begins with.
     *
     * @return null where the content is not multipart
     */
    public static @Nullable Boundary of(MediaType label, byte[] bytes, int from, int to) throws Unmaskable {
        Boundary first = first(bytes, from, to);
        if (!label.isMultipart()) {
            return first;
        }
        String labelled = label.parameter("boundary");
        if (label.isDoubtful("boundary")) {
            throw new Unmaskable(Reason.SYNTAX, "the content has several multipart boundaries");
        }
        if (labelled == null || labelled.isEmpty() || labelled.length() > MAX_LENGTH) {
            return first;
        }
        var boundary = new Boundary(labelled);
        if (!boundary.isIn(bytes, from, to)) {
            return first;
        }
        if (first != null && !first.begins(bytes, from, to, boundary)) {
            throw new Unmaskable(Reason.SYNTAX, "the content begins with another multipart boundary than labelled");
        }
        return boundary;
    }

    /** Whether {@code other} stands where this one does. */
    private boolean begins(byte[] bytes, int from, int to, Boundary other) {
        return other.length() == length() && other.standsAt(bytes, from, to);
    }

    int length() {
        return delimiter.length;
    }

    /** Whether the two hyphens and the boundary stand there. */
    boolean standsAt(byte[] bytes, int at, int to) {
        if (to - at < delimiter.length) {
            return false;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (bytes[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isIn(byte[] bytes, int from, int to) {
        boolean lineStart = true;
        for (int i = from; i < to; i++) {
            if (lineStart && standsAt(bytes, i, to)) {
                return true;
            }
            lineStart = bytes[i] == '\n' || bytes[i] == '\r';
        }
        return false;
    }

    /** From a first line of two hyphens and a boundary, with a field of a part in the next. */
    private static @Nullable Boundary first(byte[] bytes, int from, int to) {
        if (to - from < 3 || bytes[from] != '-' || bytes[from + 1] != '-') {
            return null;
        }
        int end = from + 2;
        while (end < to && bytes[end] > ' ') {
            end++;
        }
        int field = end;
        while (field < to && bytes[field] <= ' ' && bytes[field] >= 0) {
            field++;
        }
        boolean fits = end - from > 2 && end - from - 2 <= MAX_LENGTH && to - field > FIRST_FIELD.length;
        for (int i = 0; i < FIRST_FIELD.length && fits; i++) {
            fits = (bytes[field + i] | 0x20) == (FIRST_FIELD[i] | 0x20);
        }
        return fits ? new Boundary(new String(bytes, from + 2, end - from - 2, StandardCharsets.ISO_8859_1)) : null;
    }
}
