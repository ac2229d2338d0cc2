// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * What is the same for the heads of both directions: a start line, fields behind it, and one fault that ends it all.
 * Which bytes a start line has, and what its control fields may say, is for the subclass. Owned by one thread.
 */
abstract sealed class HeadParser permits RequestParser, ResponseParser {
    private enum Part {
        FRESH,
        START_LINE,
        FIELDS,
        ENDED
    }

    final WireLimits limits;
    final FieldSection fields;
    final ControlFields controls;

    /** Where parsing goes on; the subclass moves it over the start line. */
    int position;

    private Part part = Part.FRESH;
    private Step step = Step.NEED_MORE;
    private @Nullable WireFault fault;
    private int headLimit;

    HeadParser(WireLimits limits) {
        this.limits = limits;
        fields = new FieldSection(limits);
        controls = new ControlFields(fields);
    }

    /** The start line begins at {@link #position}. */
    abstract void beginStartLine();

    /** Goes on with the start line; at least one byte of it is there. Ends in {@link #endStartLine} or a fault. */
    abstract void parseStartLine(byte[] buffer, int end);

    /** What is wrong with the whole head, once all its fields are known. */
    abstract @Nullable WireFault controlFault();

    final void restart() {
        part = Part.FRESH;
        step = Step.NEED_MORE;
        fault = null;
    }

    /**
     * Goes on with the bytes up to {@code end}.
     *
     * @param buffer holds the message from {@code start} on; may be another array than last time, with the same
     *     bytes at the same indexes
     * @param start where the message starts: the same in all calls for one message
     * @param end one past the last byte received; never shrinks
     */
    public final Step parse(byte[] buffer, int start, int end) {
        if (step != Step.NEED_MORE) {
            return step;
        }
        if (part == Part.FRESH) {
            position = start;
            headLimit = start + limits.headBytes();
            part = Part.START_LINE;
            beginStartLine();
        }
        while (part == Part.START_LINE && position < end && fault == null) {
            parseStartLine(buffer, end);
        }
        if (fault == null && part == Part.FIELDS) {
            parseFields(buffer, end);
        }
        return step;
    }

    /** The fields begin at {@link #position}. */
    final void endStartLine() {
        fields.begin(position, headLimit, WireFaults.HEAD_TOO_LARGE);
        part = Part.FIELDS;
    }

    private void parseFields(byte[] buffer, int end) {
        Step fieldStep = fields.parse(buffer, end);
        WireFault wrong = fields.fault();
        if (fieldStep == Step.DONE) {
            part = Part.ENDED;
            controls.read();
            wrong = controlFault();
        }
        if (wrong == null) {
            step = fieldStep;
        } else {
            refuse(wrong);
        }
    }

    /** The head is not acceptable. */
    void refuse(WireFault why) {
        fault = why;
        step = Step.FAULT;
    }

    /** The index just past the head. */
    public final int headEnd() {
        checkDone();
        return fields.position();
    }

    /** The fault that {@link #parse} told of. */
    public final WireFault fault() {
        if (fault == null) {
            throw new IllegalStateException("there is no fault");
        }
        return fault;
    }

    final void checkDone() {
        if (step != Step.DONE) {
            throw new IllegalStateException("the head is not complete");
        }
    }
}
