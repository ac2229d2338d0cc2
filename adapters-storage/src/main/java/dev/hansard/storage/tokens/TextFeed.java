// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one text into characters and gives them on, however the bytes are split: percent escapes first,
 * then the charset, then the escapes of JSON. What is malformed becomes a replacement character or stays as it is; it
 * never ends the text. Belongs to one thread.
 *
 * <p>ASCII in UTF-8, of which nearly every text is made, takes a short way. The rest of UTF-8 is read by the JDK's
 * decoder, as every other charset is.
 */
public final class TextFeed {
    private static final int CHUNK = 512;
    private static final int HEX_DIGITS = 4;

    private final TextSink sink;
    private final CharBuffer chars = CharBuffer.allocate(CHUNK);
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    private final CharsetDecoder utf8 = replacing(StandardCharsets.UTF_8.newDecoder());
    private TextFormat format = TextFormat.PLAIN;
    private CharsetDecoder decoder = utf8;
    private boolean isShort = true;

    /** How much of an escape has come: in JSON 0, 1 behind the backslash, 2 and on behind u; of percent likewise. */
    private int escape;

    private int value;

    public TextFeed(TextSink sink) {
        this.sink = sink;
    }

    private static CharsetDecoder replacing(CharsetDecoder decoder) {
        return decoder.onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** Begins a text. */
    public void begin(TextFormat its) {
        format = its;
        isShort = its.charset().equals(StandardCharsets.UTF_8);
        decoder = isShort ? utf8 : replacing(its.charset().newDecoder());
        decoder.reset();
        bytes.clear();
        escape = 0;
    }

    /** Some bytes of the text. */
    public void put(byte[] from, int start, int end) {
        boolean percent = format.escapes() == TextFormat.Escapes.PERCENT;
        for (int i = start; i < end; i++) {
            if (percent) {
                percent(from[i]);
            } else {
                decode(from[i]);
            }
        }
    }

    /** The text is over. */
    public void end() {
        if (format.escapes() == TextFormat.Escapes.PERCENT) {
            endPercent();
        }
        flush(true);
        if (format.escapes() == TextFormat.Escapes.JSON && escape > 0) {
            sink.take('\\');
        }
        sink.end();
    }

    private void percent(byte b) {
        int digit = escape == 0 ? -1 : Character.digit(b, 16);
        if (escape > 0 && digit < 0) {
            endPercent();
        }
        if (escape == 0) {
            if (b == '%') {
                escape = 1;
            } else {
                decode(b == '+' ? (byte) ' ' : b);
            }
        } else if (escape == 1) {
            value = digit;
            escape = 2;
        } else {
            escape = 0;
            decode((byte) (value << 4 | digit));
        }
    }

    /** What began as an escape was none. */
    private void endPercent() {
        if (escape > 0) {
            decode((byte) '%');
        }
        if (escape == 2) {
            decode((byte) Character.forDigit(value, 16));
        }
        escape = 0;
    }

    private void decode(byte b) {
        if (isShort && b >= 0 && bytes.position() == 0) {
            unescape((char) b);
            return;
        }
        bytes.put(b);
        // A run of other bytes is over with the next of ASCII.
        if (!bytes.hasRemaining() || (isShort && b >= 0)) {
            flush(false);
        }
    }

    private void flush(boolean last) {
        if (bytes.position() == 0 && !(last && !isShort)) {
            return;
        }
        bytes.flip();
        boolean more = true;
        while (more) {
            more = decoder.decode(bytes, chars, last).isOverflow();
            emit();
        }
        bytes.compact();
        if (last) {
            decoder.flush(chars);
            emit();
            decoder.reset();
        }
    }

    private void emit() {
        chars.flip();
        while (chars.hasRemaining()) {
            unescape(chars.get());
        }
        chars.clear();
    }

    private void unescape(char c) {
        if (escape == 0 || format.escapes() != TextFormat.Escapes.JSON) {
            if (c == '\\' && format.escapes() == TextFormat.Escapes.JSON) {
                escape = 1;
            } else {
                sink.take(c);
            }
            return;
        }
        if (escape == 1) {
            escape = c == 'u' ? 2 : 0;
            value = 0;
            if (escape == 0) {
                sink.take(meaning(c));
            }
            return;
        }
        int digit = Character.digit(c, 16);
        if (digit < 0) {
            // No escape after all: what is legal JSON never comes here.
            escape = 0;
            sink.take(c);
            return;
        }
        value = value << 4 | digit;
        if (++escape == 2 + HEX_DIGITS) {
            escape = 0;
            sink.take((char) value);
        }
    }

    private static char meaning(char c) {
        return switch (c) {
            case 'b', 'f' -> ' ';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    /** A text that is at hand. */
    public void text(TextFormat its, byte[] from, int start, int end) {
        begin(its);
        put(from, start, end);
        end();
    }

    /** The format of a content, or null when it is no text or still has a coding. */
    public static @Nullable TextFormat formatOf(String contentType, String contentEncoding) {
        boolean plain = contentEncoding.isEmpty() || contentEncoding.equalsIgnoreCase("identity");
        return plain ? TextFormat.of(contentType) : null;
    }
}
