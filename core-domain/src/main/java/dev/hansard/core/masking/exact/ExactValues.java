// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.ports.value.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds credentials whose values are known, wherever and however they stand: as they are; in base64 and base64url, also
 * in the midst of something else that is encoded with them; in hexadecimal; and percent-encoded, escaped as in JSON or
 * as in HTML, whichever of their characters are. Linear in the text, whatever the values are. Of base64, the character
 * that a value shares with what stands beside it stays, which tells at most four of its bits on each side. Immutable;
 * safe for any number of threads.
 */
public final class ExactValues implements ValueScanner {
    /** Shorter ones would be found in texts that have nothing to do with them, and are not looked for. */
    public static final int MIN_LENGTH = 8;

    /** Nothing is looked for. */
    public static final ExactValues NONE = new ExactValues(Automaton.of(List.of()));

    public static final Treatment TREATMENT = new Treatment("always:credential", new MaskAction.Redact());

    private final Automaton automaton;

    private ExactValues(Automaton automaton) {
        this.automaton = automaton;
    }

    public static ExactValues of(Collection<Secret> values) {
        var patterns = new ArrayList<byte[]>();
        for (Secret value : values) {
            if (!isTooShort(value)) {
                Spellings.add(value.reveal(), patterns);
            }
        }
        return new ExactValues(Automaton.of(patterns));
    }

    /** Whether a value has fewer than {@link #MIN_LENGTH} characters, so that nothing looks for it. */
    public static boolean isTooShort(Secret value) {
        String text = value.reveal();
        return text.codePointCount(0, text.length()) < MIN_LENGTH;
    }

    public boolean isEmpty() {
        return automaton.isEmpty();
    }

    /** For a text that comes in pieces. */
    public ExactStream stream() {
        return new ExactStream(automaton);
    }

    @Override
    public void scan(byte[] bytes, int from, int to, Hits hits) {
        if (isEmpty()) {
            return;
        }
        var found = new ArrayList<Span>();
        var stream = stream();
        stream.feed(bytes, from, to, (start, end) -> found.add(new Span(from + (int) start, from + (int) end)));
        stream.finish((start, end) -> found.add(new Span(from + (int) start, from + (int) end)));
        if (!found.isEmpty()) {
            emit(found, hits);
        }
    }

    private record Span(int from, int to) {}

    /** One value can be found more than once, as it is and unescaped; what overlaps is one hit. */
    private static void emit(List<Span> found, Hits hits) {
        found.sort(Comparator.comparingInt(Span::from));
        int start = found.getFirst().from;
        int end = start;
        for (Span span : found) {
            if (span.from >= end && end > start) {
                hits.hit(start, end, TREATMENT);
                start = span.from;
            }
            end = Math.max(end, span.to);
        }
        hits.hit(start, end, TREATMENT);
    }
}
