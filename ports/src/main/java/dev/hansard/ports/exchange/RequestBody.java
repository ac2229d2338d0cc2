// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * All of a request's content, held in memory while it is decided on. What is forwarded are these bytes and no others.
 * Immutable; valid until the exchange ends.
 *
 * @since 0.1
 */
public interface RequestBody {
    /** How many bytes it has. */
    int length();

    /** A view of all of it, which cannot be written to. */
    ByteBuffer bytes();

    /** A stream over all of it, which need not be closed. */
    InputStream open();
}
