// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

/**
 * Masks the values of secret {@code key=value} pairs and the user information of URLs, in a request-target or in any
 * field value: a {@code Location}, a {@code Link}, a {@code Referer}, a parameter.
 *
 * <p>The text is cut at what may stand before a key. The value of a secret key goes to the next {@code &}, {@code #},
 * quote or angle bracket, and not only to the next blank, comma or semicolon: rather too much is hidden than the end
 * of a secret shown. A value in quotes goes to its quote, which stays, so that the next reader finds the same end;
 * when something else follows than what may stand between two pairs, all of the rest is hidden. A value that holds a
 * whole URL or query in percent-encoding is decoded, up to {@link #MAX_DEPTH} times, and hidden as a whole when a
 * secret is found in it, or when it is encoded more often than that.
 */
final class SecretsInText {
    static final String MASK = "***";

    private static final String QUOTED = "\"***\"";

    /** How often something may be percent-encoded before it is hidden unread. */
    private static final int MAX_DEPTH = 3;

    /** How often a text is gone over; hiding one secret can lay open another only in a text that is made for it. */
    private static final int MAX_PASSES = 3;

    private static final String BEFORE_KEY = "?&;#,<>\"'/( \t";
    private static final String AFTER_VALUE = "&#<>\"";
    private static final String AFTER_QUOTE = "&;#,<>)]} \t";
    private static final String AFTER_PATH_PARAMETER = "/?;#&<>\"";

    private final String text;
    private final boolean target;
    private final int depth;
    private final StringBuilder out;
    private boolean any;
    private boolean inQuery;

    private SecretsInText(String text, boolean target, int depth) {
        this.text = text;
        this.target = target;
        this.depth = depth;
        this.out = new StringBuilder(text.length());
    }

    static Masked<String> maskTarget(String target) {
        return mask(target, true, 0);
    }

    static Masked<String> maskValue(String value) {
        return mask(value, false, 0);
    }

    private static Masked<String> mask(String text, boolean target, int depth) {
        if (text.indexOf('=') < 0 && text.indexOf('@') < 0 && text.indexOf('%') < 0) {
            return new Masked<>(text, false);
        }
        Masked<String> masked = maskOnce(text, target, depth);
        for (int pass = 1; masked.any(); pass++) {
            Masked<String> again = maskOnce(masked.value(), target, depth);
            if (again.value().equals(masked.value())) {
                break;
            }
            masked = pass < MAX_PASSES ? again : new Masked<>(MASK, true);
        }
        return masked;
    }

    private static Masked<String> maskOnce(String text, boolean target, int depth) {
        String hidden = withoutUserInfo(text);
        var work = new SecretsInText(hidden, target, depth);
        work.run();
        boolean any = work.any || !hidden.equals(text);
        return new Masked<>(any ? work.out.toString() : text, any);
    }

    /** Hides what stands between // and @ of an authority (RFC 3986 section 3.2.1). */
    private static String withoutUserInfo(String text) {
        StringBuilder hidden = null;
        int copied = 0;
        int slashes = text.indexOf("//");
        while (slashes >= 0) {
            int start = slashes + 2;
            int end = next("/?#<>\" \t", text, start);
            int at = end - 1;
            while (at > start && text.charAt(at) != '@') {
                at--;
            }
            if (at > start) {
                hidden = hidden == null ? new StringBuilder(text.length()) : hidden;
                hidden.append(text, copied, start).append(MASK);
                copied = at;
            }
            slashes = text.indexOf("//", end);
        }
        return hidden == null
                ? text
                : hidden.append(text, copied, text.length()).toString();
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            int end = next(BEFORE_KEY, text, at);
            at = piece(at, end);
            if (at < text.length()) {
                char delimiter = text.charAt(at);
                inQuery |= delimiter == '?' || delimiter == '#';
                out.append(delimiter);
                at++;
            }
        }
    }

    /** Writes the piece from {@code start}; gives the index after what it has used up. */
    private int piece(int start, int end) {
        int equals = text.indexOf('=', start, end);
        if (equals >= 0) {
            String key = SecretNames.squeezed(decodedFully(text.substring(start, equals)));
            // The end is looked for only when the key may be secret, or a list of a thousand pairs would be read a
            // thousand times.
            int valueEnd = SecretNames.isSecretKey(key, Integer.MAX_VALUE) ? endOfValue(equals + 1) : equals + 1;
            if (valueEnd > equals + 1 && SecretNames.isSecretKey(key, valueEnd - equals - 1)) {
                boolean quoted = valueEnd - equals > 2 && text.charAt(valueEnd - 1) == '"';
                out.append(text, start, equals + 1).append(quoted ? QUOTED : MASK);
                any = true;
                return valueEnd;
            }
        }
        String raw = text.substring(start, end);
        if (hidesSecret(raw)) {
            out.append(text, start, equals < 0 ? start : equals + 1).append(MASK);
            any = true;
        } else {
            out.append(raw);
        }
        return end;
    }

    private int endOfValue(int start) {
        if (start < text.length() && text.charAt(start) == '"') {
            int end = text.indexOf('"', start + 1) + 1;
            boolean closed = end > 0 && (end == text.length() || AFTER_QUOTE.indexOf(text.charAt(end)) >= 0);
            return closed ? end : text.length();
        }
        return next(target && !inQuery ? AFTER_PATH_PARAMETER : AFTER_VALUE, text, start);
    }

    private boolean hidesSecret(String raw) {
        String decoded = decoded(raw);
        if (decoded.equals(raw)) {
            return false;
        }
        return depth == MAX_DEPTH || maskOnce(decoded, false, depth + 1).any();
    }

    private static int next(String delimiters, String text, int from) {
        int at = from;
        while (at < text.length() && delimiters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static String decodedFully(String text) {
        String decoded = text;
        for (int i = 0; i < MAX_DEPTH; i++) {
            decoded = decoded(decoded);
        }
        return decoded;
    }

    /** Percent-decoded, one char per byte; what is malformed stays. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() && text.charAt(i) == '%' ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                decoded.append(text.charAt(i));
            } else {
                decoded.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return decoded.toString();
    }
}
