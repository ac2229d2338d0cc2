// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.multipart;

import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;

/** Finds the lines between parts, one after the other, the last of which closes the content. Belongs to one thread. */
final class Delimiters {
    private final Boundary boundary;
    private byte[] bytes = {};
    private int from;
    private int to;
    private int at;
    private boolean closed;
    private LineEnd lineEnd = LineEnd.UNKNOWN;
    private int partEnd;
    private int end;

    private enum LineEnd {
        UNKNOWN,
        CRLF,
        LF
    }

    Delimiters(Boundary boundary) {
        this.boundary = boundary;
    }

    void open(byte[] content, int start, int stop) {
        bytes = content;
        from = start;
        to = stop;
        at = start;
        closed = false;
        lineEnd = LineEnd.UNKNOWN;
    }

    /** Goes to the next delimiter; false behind the last. */
    boolean next() throws Unmaskable {
        int line = at;
        while (line < to) {
            if (boundary.standsAt(bytes, line, to)) {
                if (closed) {
                    throw doubtful("something follows the end of the parts");
                }
                read(line);
                return true;
            }
            while (line < to && bytes[line] != '\n' && bytes[line] != '\r') {
                line++;
            }
            line++;
        }
        if (!closed) {
            throw new Unmaskable(Reason.INCOMPLETE, "the content ends before its last part does");
        }
        return false;
    }

    /** Where what stands before the delimiter ends: before its line end. */
    int partEnd() {
        return partEnd;
    }

    /** Where what stands behind the delimiter begins. */
    int end() {
        return end;
    }

    boolean crlf() {
        return lineEnd != LineEnd.LF;
    }

    private void read(int line) throws Unmaskable {
        partEnd = line;
        if (line > from) {
            boolean fed = bytes[line - 1] == '\n';
            boolean returned = line - 1 > from && bytes[line - 2] == '\r';
            agree(!fed ? LineEnd.UNKNOWN : returned ? LineEnd.CRLF : LineEnd.LF);
            // Behind another delimiter, its line end may be the one before this, and there is no part.
            partEnd = Math.max(at, line - (crlf() ? 2 : 1));
        }
        int behind = line + boundary.length();
        if (behind + 1 < to && bytes[behind] == '-' && bytes[behind + 1] == '-') {
            closed = true;
            behind += 2;
        }
        while (behind < to && (bytes[behind] == ' ' || bytes[behind] == '\t')) {
            behind++;
        }
        if (behind == to) {
            if (!closed) {
                throw new Unmaskable(Reason.INCOMPLETE, "the content ends in the line of a boundary");
            }
            end = to;
        } else if (bytes[behind] == '\n') {
            agree(LineEnd.LF);
            end = behind + 1;
        } else if (bytes[behind] == '\r' && behind + 1 < to && bytes[behind + 1] == '\n') {
            agree(LineEnd.CRLF);
            end = behind + 2;
        } else {
            throw doubtful("a line begins with the boundary and goes on");
        }
        at = end;
    }

    private void agree(LineEnd found) throws Unmaskable {
        if (found == LineEnd.UNKNOWN || (lineEnd != LineEnd.UNKNOWN && lineEnd != found)) {
            throw doubtful("the lines with the boundary do not all end alike");
        }
        lineEnd = found;
    }

    private static Unmaskable doubtful(String detail) {
        return new Unmaskable(Reason.SYNTAX, detail);
    }
}
