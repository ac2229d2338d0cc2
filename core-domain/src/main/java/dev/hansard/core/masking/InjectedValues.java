// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskedBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values that Hansard put into the request out, wherever they stand, in names too. Before all other masking:
 * a rule may take out a part of one, and what is left of it would be found no more. Belongs to one thread.
 */
final class InjectedValues {
    private static final byte[] STARS = {'*', '*', '*'};

    private final ExactValues values;
    private final Findings findings;

    InjectedValues(ExactValues values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    String text(String text, Supplier<String> place) {
        if (values.isEmpty() || text.isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] masked = masked(bytes, 0, bytes.length, place);
        return masked == null ? text : new String(masked, StandardCharsets.ISO_8859_1);
    }

    /** A content without its codings and without values; null where there are none in it. */
    @Nullable
    ByteBuffer content(ByteBuffer content) {
        if (values.isEmpty()) {
            return null;
        }
        int from = content.arrayOffset() + content.position();
        byte[] masked = masked(content.array(), from, from + content.remaining(), null);
        return masked == null ? null : ByteBuffer.wrap(masked);
    }

    private byte @Nullable [] masked(byte[] bytes, int from, int to, @Nullable Supplier<String> place) {
        var out = new Copy(bytes, from);
        values.scan(bytes, from, to, (start, end, treatment) -> {
            out.masked.add(bytes, out.done, start - out.done);
            out.masked.add(STARS);
            out.done = end;
            String at = place == null ? "offset:" + (start - from) : place.get();
            findings.add(treatment.rule(), at);
        });
        if (out.done == from) {
            return null;
        }
        out.masked.add(bytes, out.done, to - out.done);
        return out.masked.toArray();
    }

    /** How far a copy has come. */
    private static final class Copy {
        final MaskedBytes masked;
        int done;

        Copy(byte[] bytes, int from) {
            this.masked = new MaskedBytes(Math.min(bytes.length, 1 << 16));
            this.done = from;
        }
    }
}
