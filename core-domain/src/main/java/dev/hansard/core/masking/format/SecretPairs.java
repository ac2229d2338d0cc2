// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.HeadMasking;
import dev.hansard.core.masking.SecretNames;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner.Hits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds what any text says after a name that is secret or that a rule has: {@code password=...}, {@code token: ...},
 * {@code "pin" => '...'}; the user information of URLs; and what hides one of these in percent-encoding.
 *
 * <p>A value in quotes goes to its quote, any other to the next {@code &}, quote or angle bracket, or else the end of
 * the line: rather too much is hidden than the end of a secret shown. Time is linear, for a name has a longest length
 * and a value that was found is not looked into. Immutable.
 */
final class SecretPairs {
    /** Longest name before an equals sign or colon, in bytes. */
    private static final int MAX_NAME = 96;

    private static final String AFTER_AUTHORITY = "/?#<>\" \t";
    private static final String AFTER_VALUE = "&<>\"";
    private static final String AROUND_ENCODED = " \t\"<>'&;,?#=()/";
    private static final String AFTER_WORD = " \t,;";
    private static final String BEFORE_VALUE = " \t=>:~\\";

    private final NameRules names;
    private final int fewestLetters;

    SecretPairs(NameRules names) {
        this.names = names;
        this.fewestLetters = Math.min(SecretNames.FEWEST_LETTERS, names.fewestLetters());
    }

    void find(byte[] bytes, int from, int to, Hits hits) {
        int at = from;
        while (at < to) {
            int end = at;
            boolean pairs = false;
            boolean percent = false;
            while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
                byte b = bytes[end++];
                pairs |= b == '=' || b == ':' || b == '@';
                percent |= b == '%';
            }
            hits.work(end - at);
            if (pairs) {
                findInLine(bytes, at, end, hits);
            }
            if (percent) {
                findEncoded(bytes, at, end, hits);
            }
            at = end + 1;
        }
    }

    /** What happens to the value of that name; null for nothing. */
    @Nullable
    Treatment treatment(String name, int valueLength) {
        Treatment chosen = names.of(name.strip());
        if (chosen != null) {
            return chosen;
        }
        String read = NameRules.read(name);
        boolean secret = isSecret(name, valueLength) || (read != null && isSecret(read, valueLength));
        return secret ? ValueMasking.ALWAYS_ON : null;
    }

    private static boolean isSecret(String name, int valueLength) {
        String squeezed = SecretNames.squeezed(name);
        return SecretNames.isSecretKey(squeezed, valueLength)
                || squeezed.equals("cookie")
                || squeezed.equals("setcookie");
    }

    private void findInLine(byte[] bytes, int from, int to, Hits hits) {
        int at = from;
        while (at < to) {
            byte b = bytes[at];
            if (b == '/' && at + 1 < to && bytes[at + 1] == '/') {
                at = userInfo(bytes, at + 2, to, hits);
            } else if (b == '=' || b == ':') {
                at = pair(bytes, from, at, to, hits);
            } else {
                at++;
            }
        }
    }

    /** Gives the end of the authority (RFC 3986 section 3.2), or of the user information if there is one. */
    private static int userInfo(byte[] bytes, int from, int to, Hits hits) {
        int end = next(AFTER_AUTHORITY, bytes, from, to);
        for (int i = end - 1; i > from; i--) {
            if (bytes[i] == '@') {
                hits.hit(from, i, ValueMasking.ALWAYS_ON);
                return i + 1;
            }
        }
        // Not the end: a name may stand before a colon in here.
        return from;
    }

    /** Gives where to go on after the equals sign or colon. */
    private int pair(byte[] bytes, int lineStart, int sign, int to, Hits hits) {
        if (isNoName(bytes, lineStart, sign)) {
            return sign + 1;
        }
        String name = nameBefore(bytes, lineStart, sign);
        if (name.isEmpty() || treatment(name, Integer.MAX_VALUE) == null) {
            return sign + 1;
        }
        int start = sign + 1;
        while (start < to && BEFORE_VALUE.indexOf(bytes[start]) >= 0) {
            start++;
        }
        if (start == to) {
            return to;
        }
        byte quote = bytes[start];
        boolean quoted = quote == '"' || quote == '\'' || quote == '`';
        int from = quoted ? start + 1 : start;
        int end = quoted ? closing(quote, bytes, from, to) : next(AFTER_VALUE, bytes, from, to);
        while (!quoted && end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        // Some names are secret by the length of what follows, which in prose is its first word.
        Treatment treatment = treatment(name, tellingLength(bytes, from, next(AFTER_WORD, bytes, from, end)));
        if (treatment != null) {
            hits.hit(from, end, treatment);
        }
        return treatment == null ? sign + 1 : Math.max(end, sign + 1);
    }

    /** Without what is masked in it, or a word would become longer, and with that secret, by being masked. */
    private static int tellingLength(byte[] bytes, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i++) {
            length += bytes[i] == '*' ? 0 : 1;
        }
        return length;
    }

    private static int closing(byte quote, byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != quote) {
            i += bytes[i] == '\\' && i + 1 < to && bytes[i + 1] != quote ? 2 : 1;
        }
        return Math.min(i, to);
    }

    /** Whether too few letters stand before the sign for any name: that of a time of day, or of a port. */
    private boolean isNoName(byte[] bytes, int lineStart, int sign) {
        int letters = 0;
        int first = Math.max(lineStart, sign - MAX_NAME);
        int at = afterName(bytes, first, sign);
        while (at > first && isOfName(bytes[at - 1])) {
            byte b = bytes[--at];
            if (b < 0 || b == '%') {
                return false;
            }
            letters += b > '9' && b != '_' ? 1 : 0;
            if (letters >= fewestLetters) {
                return false;
            }
        }
        return fewestLetters > 0;
    }

    /** Where a name ends between which and the sign stand only blanks and quotes. */
    private static int afterName(byte[] bytes, int first, int sign) {
        int end = sign;
        while (end > first && " \t\"'`]\\:".indexOf(bytes[end - 1]) >= 0) {
            end--;
        }
        return end;
    }

    private static String nameBefore(byte[] bytes, int lineStart, int sign) {
        int first = Math.max(lineStart, sign - MAX_NAME);
        int end = afterName(bytes, first, sign);
        int start = end;
        while (start > first && isOfName(bytes[start - 1])) {
            start--;
        }
        return Spelled.form(bytes, start, end).textDecodedAgain();
    }

    private static boolean isOfName(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_'
                || b == '-'
                || b == '%'
                || b < 0;
    }

    private static void findEncoded(byte[] bytes, int from, int to, Hits hits) {
        int start = from;
        while (start < to) {
            int end = next(AROUND_ENCODED, bytes, start, to);
            boolean encoded = false;
            for (int i = start; i < end && !encoded; i++) {
                encoded = bytes[i] == '%';
            }
            if (encoded) {
                String run = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
                if (HeadMasking.maskText(run).any()) {
                    hits.hit(start, end, ValueMasking.ALWAYS_ON);
                }
            }
            start = end + 1;
        }
    }

    private static int next(String delimiters, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && delimiters.indexOf(bytes[at]) < 0) {
            at++;
        }
        return at;
    }
}
