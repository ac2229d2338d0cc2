// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/** What a parser or decoder says of the bytes that it has seen so far. */
public enum Step {
    /** All are good, and the message needs more. */
    NEED_MORE,
    /** The part is complete; bytes after it belong to what follows. */
    DONE,
    /** No good message starts like this. The connection must close: where the next message starts is unknown. */
    FAULT
}
