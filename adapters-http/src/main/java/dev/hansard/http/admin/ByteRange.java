// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} field asks of content of a known length (RFC 9110 section 14). One range of bytes is served;
 * several, another unit or a field that is not well formed is ignored as the RFC allows, and the whole content is sent.
 */
sealed interface ByteRange {
    /** Everything, as if there had been no such field. */
    record Whole(long length) implements ByteRange {}

    /** A part that lies within the content and has at least one byte. */
    record Part(long first, long length) implements ByteRange {}

    /** No byte of the content is asked for. */
    record Unsatisfiable() implements ByteRange {}

    /** What {@code field}, null when there is none, asks of content of {@code length} bytes. */
    static ByteRange of(@Nullable String field, long length) {
        Matcher range = field == null ? null : Syntax.ONE_RANGE.matcher(field);
        if (range == null || !range.matches()) {
            return new Whole(length);
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole(length) : suffix(Long.parseLong(last), length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        if (to < from) {
            return new Whole(length);
        }
        return from >= length ? new Unsatisfiable() : new Part(from, Math.min(to, length - 1) - from + 1);
    }

    private static ByteRange suffix(long count, long length) {
        long size = Math.min(count, length);
        return size == 0 ? new Unsatisfiable() : new Part(length - size, size);
    }

    /** Holds the pattern, which an interface cannot keep to itself. */
    final class Syntax {
        private static final Pattern ONE_RANGE = Pattern.compile("(?i:bytes)=([0-9]{0,18})-([0-9]{0,18})[ \t]*");

        private Syntax() {}
    }
}
