// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value and how it is spelled: of each of its bytes is known where its spelling begins, so that a part of the value
 * can be replaced and the rest keeps its spelling. Belongs to one thread.
 */
public final class Spelled {
    /** How often a name is decoded at most. */
    private static final int MAX_DECODINGS = 3;

    private final byte[] raw;
    private final int rawTo;
    private final byte[] bytes;
    private final int from;
    private int to;
    /** Of each byte of the value; null when the value is spelled as it is. */
    private final int @Nullable [] starts;

    private Spelled(byte[] raw, int rawFrom, int rawTo, boolean plain) {
        this.raw = raw;
        this.rawTo = rawTo;
        this.from = plain ? rawFrom : 0;
        this.to = plain ? rawTo : 0;
        this.bytes = plain ? raw : new byte[rawTo - rawFrom];
        this.starts = plain ? null : new int[rawTo - rawFrom];
    }

    /** A value that needs no escapes. */
    public static Spelled plain(byte[] raw, int from, int to) {
        return new Spelled(raw, from, to, true);
    }

    /** A value whose bytes are added one after the other; it is never longer than its spelling. */
    public static Spelled escaped(byte[] raw, int from, int to) {
        return new Spelled(raw, from, to, false);
    }

    /** A name or value of a form: {@code +} and {@code %XX}; a percent sign without two digits stands for itself. */
    public static Spelled form(byte[] raw, int from, int to) {
        boolean escapes = false;
        for (int i = from; i < to && !escapes; i++) {
            escapes = raw[i] == '%' || raw[i] == '+';
        }
        if (!escapes) {
            return plain(raw, from, to);
        }
        Spelled spelled = escaped(raw, from, to);
        for (int i = from; i < to; i++) {
            int high = raw[i] == '%' && i + 2 < to ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                spelled.add(raw[i] == '+' ? ' ' : raw[i], i);
            } else {
                spelled.add(high << 4 | low, i);
                i += 2;
            }
        }
        return spelled;
    }

    /**
     * Adds the next byte of the value.
     *
     * @param rawStart where the spelling of the byte begins
     */
    public void add(int b, int rawStart) {
        if (starts == null) {
            throw new IllegalStateException("nothing is added to what needs no escapes");
        }
        bytes[to] = (byte) b;
        starts[to++] = rawStart;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Whether it is spelled as it is. */
    boolean isPlain() {
        return starts == null;
    }

    boolean isEmpty() {
        return from == to;
    }

    byte[] raw() {
        return raw;
    }

    /** Where the spelling of this byte of the value begins. */
    int rawStart(int index) {
        if (starts == null) {
            return index;
        }
        return index < to ? starts[index] : rawTo;
    }

    /** Where the spelling of the byte before this one ends; bytes of one escape have one end. */
    int rawEnd(int index) {
        if (starts == null) {
            return index;
        }
        int i = index;
        while (i < to && starts[i] == starts[index - 1]) {
            i++;
        }
        return rawStart(i);
    }

    /** The value as text: in UTF-8, or else one char for each byte. */
    public String text() {
        var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The value as text, with what is still percent-encoded decoded: some readers decode again. */
    String textDecodedAgain() {
        String text = text();
        for (int i = 1; i < MAX_DECODINGS && text.indexOf('%') >= 0; i++) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            text = form(utf8, 0, utf8.length).text();
        }
        return text;
    }
}
