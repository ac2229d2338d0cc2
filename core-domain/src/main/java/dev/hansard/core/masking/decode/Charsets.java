// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a text into UTF-8, the one charset that is masked in. A text that could be read in two ways is refused, unless
 * both readings are masked alike:
 *
 * <table>
 *   <caption>In this order</caption>
 *   <tr><th>the bytes</th><th>the label</th><th>read as</th></tr>
 *   <tr><td>a byte order mark of UTF-32, UTF-16 or UTF-8</td><td>any that is known</td><td>what the mark says</td></tr>
 *   <tr><td>NUL bytes as around the ASCII letter that JSON and XML begin with</td><td>any that is known</td>
 *       <td>UTF-16 or UTF-32</td></tr>
 *   <tr><td>valid UTF-8</td><td>none, UTF-8, US-ASCII, ISO-8859-1, windows-1252</td><td>UTF-8: no byte of a longer
 *       sequence is an ASCII letter or folds to one in the others</td></tr>
 *   <tr><td>not valid UTF-8</td><td>ISO-8859-1, windows-1252</td><td>the label</td></tr>
 *   <tr><td>not valid UTF-8</td><td>UTF-16, UTF-32</td><td>the label; big-endian when it does not say</td></tr>
 *   <tr><td>anything else</td><td></td><td>refused</td></tr>
 * </table>
 *
 * A label that is not known is always refused: in UTF-7 or ISO-2022-JP, ASCII letters spell others.
 */
public final class Charsets {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Map<String, Charset> LABELS = Map.ofEntries(
            Map.entry("utf-8", StandardCharsets.UTF_8),
            Map.entry("utf8", StandardCharsets.UTF_8),
            Map.entry("us-ascii", StandardCharsets.US_ASCII),
            Map.entry("ascii", StandardCharsets.US_ASCII),
            Map.entry("iso-8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("iso8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("iso_8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("latin1", StandardCharsets.ISO_8859_1),
            Map.entry("windows-1252", WINDOWS_1252),
            Map.entry("cp1252", WINDOWS_1252),
            Map.entry("utf-16", StandardCharsets.UTF_16BE),
            Map.entry("utf-16be", StandardCharsets.UTF_16BE),
            Map.entry("utf-16le", StandardCharsets.UTF_16LE),
            Map.entry("utf-32", StandardCharsets.UTF_32BE),
            Map.entry("utf-32be", StandardCharsets.UTF_32BE),
            Map.entry("utf-32le", StandardCharsets.UTF_32LE));

    private Charsets() {}

    /**
     * The content in UTF-8. A byte order mark of UTF-8 stays, that of another charset goes.
     *
     * @param content array-backed
     * @param label the charset that the content is said to have, in any case; null for none
     * @return with the very buffer when it is UTF-8 already
     */
    public static Utf8Text toUtf8(ByteBuffer content, @Nullable String label) throws Unmaskable {
        Charset labelled = label == null ? null : known(label);
        byte[] bytes = content.array();
        int from = content.arrayOffset() + content.position();
        int to = from + content.remaining();
        int mark = Unicode.markLength(bytes, from, to);
        Charset wide = Unicode.wideCharset(bytes, from, to);
        if (wide != null) {
            return Utf8Text.from(bytes, from + mark, to, wide);
        }
        boolean utf8 = Unicode.isUtf8(bytes, from, to);
        if (utf8 && (mark > 0 || labelled == null || !isWide(labelled))) {
            return new Utf8Text(content, null);
        }
        if (utf8 || mark > 0 || labelled == null || labelled.equals(StandardCharsets.UTF_8)) {
            throw new Unmaskable(Reason.CHARSET, "the text is not in the charset that it seems to have");
        }
        return Utf8Text.from(bytes, from, to, labelled);
    }

    /** Whether a charset of that name is known. */
    public static boolean isKnown(String label) {
        return LABELS.containsKey(label.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether what is known by that name is UTF-16 or UTF-32. */
    public static boolean isWide(String label) {
        Charset charset = LABELS.get(label.strip().toLowerCase(Locale.ROOT));
        return charset != null && isWide(charset);
    }

    private static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    private static Charset known(String label) throws Unmaskable {
        Charset charset = LABELS.get(label.strip().toLowerCase(Locale.ROOT));
        if (charset == null) {
            throw new Unmaskable(Reason.CHARSET, "the charset of the text is not known");
        }
        return charset;
    }
}
