// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one frame, wherever they lie. */
@FunctionalInterface
interface FrameBytes {
    /** A range of them; {@code from} counts from the start of the frame. The caller closes it. */
    InputStream open(long from, long length) throws IOException;
}
