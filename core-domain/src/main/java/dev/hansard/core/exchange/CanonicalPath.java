// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings one path to its canonical spelling, or says why it has none (THREATS 11).
 *
 * <p><b>Canonical</b> paths pass untouched, and cost no allocation: characters of {@code pchar} (RFC 3986 section 3.3),
 * upper-case percent-encodings of what must be encoded, no dot segments, no empty segments.
 *
 * <p><b>Equivalent</b> ones are rewritten, because every server reads both spellings alike: hexadecimal digits become
 * upper case and encoded unreserved characters are decoded (RFC 3986 section 6.2.2), dot segments are removed
 * (section 5.2.4), the characters {@code " < > [ ] ^ ` { | }} that may not stand bare are encoded. Empty segments are
 * merged too ({@code //} to {@code /}), which the RFC does not call equivalent: nginx, Envoy's edge settings and the
 * servlet containers do it, so that a rule for {@code /admin} could be passed by {@code //admin} otherwise, and
 * refusing them would break every caller that joins {@code http://host/} and {@code /path}. A server to which empty
 * segments matter (keys of an object store) cannot be told them apart through Hansard; the record shows the target as
 * it was received.
 *
 * <p><b>Ambiguous</b> ones are refused: each {@link PathDoubt}. The order in which a server decodes, merges and removes
 * dots cannot change what an accepted path names, and decoding it twice gives what decoding it once gives.
 *
 * <p>Left alone, because they are legal and ordinary: {@code ;} parameters of a named segment, and a dot or an
 * encoded space at the end of a name. A server that drops these (servlet containers, Windows file systems) must be
 * guarded by rules that say what is allowed, not by rules that say what is denied.
 */
final class CanonicalPath {
    private static final AsciiSet PLAIN = AsciiSet.PCHAR;
    private static final AsciiSet ENCODED_WHEN_BARE = AsciiSet.of("\"<>[]^`{|}");
    private static final String HEX = "0123456789ABCDEF";

    private final String raw;
    private final int end;
    private final StringBuilder decoded;
    private @Nullable PathDoubt doubt;

    private CanonicalPath(String raw, int start, int end) {
        this.raw = raw;
        this.end = end;
        this.decoded = new StringBuilder(end - start + 16);
    }

    /** Either the path or the doubt about it. */
    sealed interface Outcome {
        record Path(String text) implements Outcome {}

        record Doubtful(PathDoubt doubt) implements Outcome {}
    }

    /** Whether the characters are canonical beyond doubt; false only says that {@link #of} must look. */
    static boolean isPlain(String raw, int start, int end) {
        char before = 0;
        for (int i = start; i < end; i++) {
            char c = raw.charAt(i);
            boolean opensSpecial = before == '/' && (c == '/' || c == '.' || c == ';');
            if (opensSpecial || !(c == '/' || PLAIN.contains(c))) {
                return false;
            }
            before = c;
        }
        return start < end && raw.charAt(start) == '/';
    }

    static Outcome of(String raw, int start, int end) {
        var work = new CanonicalPath(raw, start, end);
        String path = work.spell(start) ? work.resolve() : null;
        PathDoubt doubt = work.doubt;
        if (path == null || doubt != null) {
            return new Outcome.Doubtful(doubt == null ? PathDoubt.NOT_A_TARGET : doubt);
        }
        return new Outcome.Path(path);
    }

    private boolean refuse(PathDoubt why) {
        doubt = why;
        return false;
    }

    private int stop(PathDoubt why) {
        doubt = why;
        return -1;
    }

    /** First pass: every character in its one spelling, into {@link #decoded}. */
    private boolean spell(int start) {
        for (int i = start; i < end; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int next = octets(i);
                if (next < 0) {
                    return false;
                }
                i = next - 1;
            } else if (c == '/' || PLAIN.contains(c)) {
                decoded.append(c);
            } else if (ENCODED_WHEN_BARE.contains(c)) {
                encode(c);
            } else {
                return refuse(doubtAbout(c));
            }
        }
        return isEncodedOnce() || refuse(PathDoubt.DOUBLY_ENCODED);
    }

    private static PathDoubt doubtAbout(char bare) {
        return switch (bare) {
            case '\\' -> PathDoubt.BACKSLASH;
            case '#' -> PathDoubt.FRAGMENT;
            default -> bare < 0x80 ? PathDoubt.CONTROL : PathDoubt.NOT_ASCII;
        };
    }

    /** Takes one encoded character that begins at {@code at}; gives the index after it, -1 when it is refused. */
    private int octets(int at) {
        int octet = octet(at);
        if (octet < 0) {
            return stop(PathDoubt.MALFORMED_PERCENT);
        }
        if (octet >= 0x80) {
            return utf8(at, octet);
        }
        char c = (char) octet;
        if (c == '/' || c == '\\' || c == '.' || c < ' ' || c == 0x7F) {
            return stop(encodedDoubt(c));
        }
        if (AsciiSet.UNRESERVED.contains(c)) {
            decoded.append(c);
        } else {
            encode(c);
        }
        return at + 3;
    }

    private static PathDoubt encodedDoubt(char c) {
        return switch (c) {
            case '/', '\\' -> PathDoubt.ENCODED_SEPARATOR;
            case '.' -> PathDoubt.ENCODED_DOT;
            default -> PathDoubt.CONTROL;
        };
    }

    /** A character outside ASCII: well-formed UTF-8 (RFC 3629 section 4), and no C1 control. */
    private int utf8(int at, int lead) {
        int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        int code = lead & (0x3F >> more);
        for (int i = 1; i <= more; i++) {
            int octet = octet(at + 3 * i);
            if (octet >>> 6 != 0b10) {
                return stop(PathDoubt.INVALID_UTF8);
            }
            code = code << 6 | (octet & 0x3F);
        }
        int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
        boolean surrogate = code >= 0xD800 && code <= 0xDFFF;
        if (lead < 0xC2 || lead > 0xF4 || code < least || code > 0x10FFFF || surrogate) {
            return stop(PathDoubt.INVALID_UTF8);
        }
        if (code < 0xA0) {
            return stop(PathDoubt.CONTROL);
        }
        for (int i = 0; i <= more; i++) {
            encode((char) octet(at + 3 * i));
        }
        return at + 3 * (more + 1);
    }

    /** The octet that is percent-encoded at {@code at}; -1 when none is. */
    private int octet(int at) {
        if (at + 2 >= end || raw.charAt(at) != '%') {
            return -1;
        }
        int high = hex(raw.charAt(at + 1));
        int low = hex(raw.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    // Character.digit would take digits of other scripts, too.
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private void encode(char octet) {
        decoded.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xF));
    }

    /** Looks at what decoding has left, so that {@code %25%32%65} is seen for what it is. */
    private boolean isEncodedOnce() {
        for (int i = decoded.indexOf("%25"); i >= 0; i = decoded.indexOf("%25", i + 1)) {
            if (i + 4 < decoded.length() && hex(decoded.charAt(i + 3)) >= 0 && hex(decoded.charAt(i + 4)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Second pass: dot segments and empty segments. */
    private @Nullable String resolve() {
        var kept = new ArrayList<String>();
        String text = decoded.toString();
        int at = 1;
        boolean folder = false;
        while (at <= text.length()) {
            int slash = text.indexOf('/', at);
            String segment = text.substring(at, slash < 0 ? text.length() : slash);
            if (!place(segment, kept)) {
                return null;
            }
            folder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            at += segment.length() + 1;
        }
        return join(kept, folder);
    }

    private boolean place(String segment, List<String> kept) {
        if (segment.equals("..")) {
            if (kept.isEmpty()) {
                return refuse(PathDoubt.ABOVE_ROOT);
            }
            return !kept.removeLast().isEmpty() || refuse(PathDoubt.EMPTY_PARENT);
        }
        if (!segment.equals(".")) {
            if (!segment.isEmpty() && isDotLike(segment)) {
                return refuse(PathDoubt.DOT_SEGMENT);
            }
            kept.add(segment);
        }
        return true;
    }

    /** Whether a server that strips parameters and blanks could be left with nothing or with dots alone. */
    private static boolean isDotLike(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == ';' || segment.startsWith("%3B", i)) {
                return true;
            }
            if (segment.startsWith("%20", i)) {
                i += 2;
            } else if (segment.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }

    private static String join(List<String> segments, boolean folder) {
        var path = new StringBuilder();
        for (String segment : segments) {
            if (!segment.isEmpty()) {
                path.append('/').append(segment);
            }
        }
        return folder || path.isEmpty() ? path.append('/').toString() : path.toString();
    }
}
