// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Masks server-sent events (WHATWG HTML section 9.2), each as soon as its blank line is there. The data of an event is
 * one content, over all its {@code data} lines, and is masked as what it is; data that cannot be masked is withheld,
 * and the other events stay. All other lines are text. The end of the stream ends the last event. Belongs to one
 * thread.
 */
public final class SseMasker implements ContentMasker {
    private static final String DATA = "data";

    private final ValueMasking values;
    private final Contents contents;
    private final MaskedBytes out;
    private final int depth;
    private final MaskedBytes event = new MaskedBytes(0);
    private boolean lineIsEmpty = true;
    private boolean afterReturn;
    private int number;

    public SseMasker(ValueMasking values, Contents contents, int depth, MaskedBytes out) {
        this.values = values;
        this.contents = contents;
        this.depth = depth;
        this.out = out;
    }

    /**
     * Where a line of the event begins, its value, and the next line.
     *
     * @param value where the data begins; -1 in a line of anything else
     */
    private record Line(int start, int value, int end, int next) {
        boolean isData() {
            return value >= 0;
        }
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                if (event.size() == 0 && from == i) {
                    // The event has ended with the return before it.
                    out.add('\n');
                    from = i + 1;
                }
                continue;
            }
            afterReturn = b == '\r';
            boolean ends = b == '\n' || b == '\r';
            if (ends && lineIsEmpty) {
                event.add(bytes, from, i + 1 - from);
                from = i + 1;
                maskEvent();
            }
            lineIsEmpty = ends;
        }
        event.add(bytes, from, offset + length - from);
    }

    @Override
    public void finish() {
        maskEvent();
    }

    private void maskEvent() {
        List<Line> lines = lines();
        if (lines.stream().anyMatch(Line::isData)) {
            number++;
            maskLines(lines);
        } else {
            addScanned(0, event.size());
        }
        event.cut(0);
    }

    private void maskLines(List<Line> lines) {
        var data = new MaskedBytes(event.size());
        for (Line line : lines) {
            if (line.isData()) {
                data.add(event.array(), line.value(), line.end() - line.value());
                data.add('\n');
            }
        }
        byte[] masked = maskedData(data.array(), data.size() - 1);
        int at = 0;
        for (Line line : lines) {
            if (!line.isData()) {
                addScanned(line.start(), line.next());
            } else if (at <= masked.length) {
                // Masking never adds a line, but a mask may stand in the place of several.
                int end = at;
                while (end < masked.length && masked[end] != '\n') {
                    end++;
                }
                out.add(event.array(), line.start(), line.value() - line.start());
                out.add(masked, at, end - at);
                out.add(event.array(), line.end(), line.next() - line.end());
                at = end + 1;
            }
        }
    }

    private byte[] maskedData(byte[] data, int length) {
        if (Withheld.isPlaceholder(data, 0, length)) {
            return Arrays.copyOf(data, length);
        }
        String place = "sse:" + number;
        String outer = values.findings().enter(place);
        var masked = new MaskedBytes(length);
        try {
            contents.mask(data, 0, length, MediaType.NONE, depth + 1, masked);
            return masked.toArray();
        } catch (Unmaskable e) {
            values.hidden(ValueMasking.WITHHELD, () -> "");
            return Withheld.placeholder(e.reason(), length);
        } finally {
            values.findings().leave(outer);
        }
    }

    private void addScanned(int from, int to) {
        Spelled text = Spelled.plain(event.array(), from, to);
        byte[] masked = values.scanned(text, from, to, () -> "sse:" + number);
        if (masked == null) {
            out.add(event.array(), from, to - from);
        } else {
            out.add(masked);
        }
    }

    private List<Line> lines() {
        var lines = new ArrayList<Line>();
        byte[] bytes = event.array();
        int start = 0;
        while (start < event.size()) {
            int end = start;
            while (end < event.size() && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            int next = Math.min(end + 1, event.size());
            if (next < event.size() && bytes[end] == '\r' && bytes[next] == '\n') {
                next++;
            }
            lines.add(new Line(start, value(start, end), end, next));
            start = next;
        }
        return lines;
    }

    /** Where the data of a line begins; -1 where it is none. Some readers do not mind the case of names. */
    private int value(int start, int end) {
        byte[] bytes = event.array();
        int colon = start + DATA.length();
        if (colon > end || (colon < end && bytes[colon] != ':')) {
            return -1;
        }
        for (int i = 0; i < DATA.length(); i++) {
            if ((bytes[start + i] | 0x20) != DATA.charAt(i)) {
                return -1;
            }
        }
        int value = Math.min(colon + 1, end);
        return value < end && bytes[value] == ' ' ? value + 1 : value;
    }
}
