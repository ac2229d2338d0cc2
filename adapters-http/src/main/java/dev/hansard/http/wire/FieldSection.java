// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hansard.ports.exchange.Fields;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parses the field lines of a head or trailer section (RFC 9112 section 5) and is then the view over them. It keeps
 * positions, not copies: valid until {@link #begin}. Owned by the parser that it is part of.
 */
final class FieldSection implements Fields {
    private enum State {
        LINE_START,
        NAME,
        BEFORE_VALUE,
        VALUE,
        LINE_LF,
        END_LF,
        DONE
    }

    // Where one field's parts stand among its entry's numbers.
    private static final int NAME_START = 0;
    private static final int NAME_END = 1;
    private static final int VALUE_START = 2;
    private static final int VALUE_END = 3;
    private static final int SPAN = 4;
    private static final int FIRST_FIELDS = 16;
    private static final byte[] NOTHING = {};

    private final int lineBytes;
    private final int maxCount;
    private byte[] bytes = NOTHING;
    private int[] spans = new int[FIRST_FIELDS * SPAN];
    // The names asked for lately: the next message on a connection nearly always has the same ones, in the same places.
    private @Nullable String[] names = new @Nullable String[FIRST_FIELDS];
    private int count;
    private int position;
    private int lineStart;
    private int sectionLimit;
    private WireFault overLimit = WireFaults.HEAD_TOO_LARGE;
    private State state = State.LINE_START;
    private @Nullable WireFault fault;

    FieldSection(WireLimits limits) {
        lineBytes = limits.fieldLineBytes();
        maxCount = limits.fieldCount();
    }

    /**
     * Starts a section.
     *
     * @param start index of its first byte
     * @param limit index of the first byte that would be one too many
     * @param tooLarge the fault when it is reached
     */
    void begin(int start, int limit, WireFault tooLarge) {
        position = start;
        sectionLimit = limit;
        overLimit = tooLarge;
        count = 0;
        fault = null;
        state = State.LINE_START;
    }

    /** Goes on with the bytes up to {@code end}; what was seen before stands at the same indexes of {@code buffer}. */
    Step parse(byte[] buffer, int end) {
        bytes = buffer;
        int stop = Math.min(end, sectionLimit);
        while (position < stop && state != State.DONE && fault == null) {
            switch (state) {
                case LINE_START -> startLine(buffer[position]);
                case NAME -> scanName(stop);
                case BEFORE_VALUE -> skipBlanks(stop);
                case VALUE -> scanValue(stop);
                case LINE_LF -> expectLf(State.LINE_START);
                case END_LF -> expectLf(State.DONE);
                case DONE -> throw new IllegalStateException("the section is complete");
            }
        }
        if (fault == null && state != State.DONE && position < end) {
            fault = overLimit;
        }
        if (fault != null) {
            return Step.FAULT;
        }
        return state == State.DONE ? Step.DONE : Step.NEED_MORE;
    }

    private void startLine(byte octet) {
        if (octet == Octets.CR) {
            state = State.END_LF;
            position++;
        } else if (octet == Octets.LF) {
            fault = WireFaults.LINE_ENDING_INVALID;
        } else if (Octets.isBlank(octet)) {
            fault = WireFaults.FIELD_FOLDED;
        } else if (count == maxCount) {
            fault = WireFaults.TOO_MANY_FIELDS;
        } else {
            lineStart = position;
            state = State.NAME;
        }
    }

    private void scanName(int stop) {
        int lineLimit = lineStart + lineBytes;
        int until = Math.min(stop, lineLimit);
        int at = position;
        while (at < until && Octets.isToken(bytes[at])) {
            at++;
        }
        position = at;
        if (at == stop) {
            return;
        }
        if (at == lineLimit) {
            fault = WireFaults.FIELD_TOO_LONG;
        } else if (bytes[at] != ':' || at == lineStart) {
            fault = WireFaults.FIELD_NAME_INVALID;
        } else {
            growSpans();
            spans[count * SPAN + NAME_START] = lineStart;
            spans[count * SPAN + NAME_END] = at;
            position = at + 1;
            state = State.BEFORE_VALUE;
        }
    }

    private void growSpans() {
        if (count * SPAN == spans.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
            names = Arrays.copyOf(names, names.length * 2);
        }
    }

    private void skipBlanks(int stop) {
        int until = Math.min(stop, lineStart + lineBytes);
        int at = position;
        while (at < until && Octets.isBlank(bytes[at])) {
            at++;
        }
        position = at;
        if (at == stop) {
            return;
        }
        spans[count * SPAN + VALUE_START] = at;
        state = State.VALUE;
    }

    private void scanValue(int stop) {
        int lineLimit = lineStart + lineBytes;
        int until = Math.min(stop, lineLimit);
        int at = position;
        while (at < until && Octets.isText(bytes[at])) {
            at++;
        }
        position = at;
        if (at == stop) {
            return;
        }
        if (bytes[at] == Octets.CR && at <= lineLimit) {
            endField(at);
        } else if (at >= lineLimit) {
            fault = WireFaults.FIELD_TOO_LONG;
        } else {
            fault = bytes[at] == Octets.LF ? WireFaults.LINE_ENDING_INVALID : WireFaults.FIELD_VALUE_INVALID;
        }
    }

    private void endField(int end) {
        int valueStart = spans[count * SPAN + VALUE_START];
        int valueEnd = end;
        while (valueEnd > valueStart && Octets.isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        spans[count * SPAN + VALUE_END] = valueEnd;
        count++;
        position = end + 1;
        state = State.LINE_LF;
    }

    private void expectLf(State next) {
        if (bytes[position] == Octets.LF) {
            position++;
            state = next;
        } else {
            fault = WireFaults.LINE_ENDING_INVALID;
        }
    }

    /** The next byte to look at; once the section is done, the first one after it. */
    int position() {
        return position;
    }

    @Nullable
    WireFault fault() {
        return fault;
    }

    byte[] bytes() {
        return bytes;
    }

    int nameStart(int index) {
        return spans[index * SPAN + NAME_START];
    }

    int nameEnd(int index) {
        return spans[index * SPAN + NAME_END];
    }

    int valueStart(int index) {
        return spans[index * SPAN + VALUE_START];
    }

    int valueEnd(int index) {
        return spans[index * SPAN + VALUE_END];
    }

    /** Whether the field frames the message, and so is written by the codec alone. */
    boolean isFraming(int index) {
        return isNamed(index, ControlFields.CONTENT_LENGTH) || isNamed(index, ControlFields.TRANSFER_ENCODING);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public String name(int index) {
        check(index);
        int from = nameStart(index);
        int to = nameEnd(index);
        String last = names[index];
        if (last != null && Octets.isExactly(last, bytes, from, to)) {
            return last;
        }
        String name = new String(bytes, from, to - from, ISO_8859_1);
        names[index] = name;
        return name;
    }

    @Override
    public int nameLength(int index) {
        check(index);
        return nameEnd(index) - nameStart(index);
    }

    @Override
    public char nameAt(int index, int place) {
        Objects.checkIndex(place, nameLength(index));
        return (char) bytes[nameStart(index) + place];
    }

    @Override
    public String value(int index) {
        check(index);
        return new String(bytes, valueStart(index), valueEnd(index) - valueStart(index), ISO_8859_1);
    }

    @Override
    public boolean isNamed(int index, String lowerCaseName) {
        check(index);
        return Octets.equalsIgnoreCase(bytes, nameStart(index), nameEnd(index), lowerCaseName);
    }

    private void check(int index) {
        Objects.checkIndex(index, count);
    }
}
