// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.recovery;

import java.io.IOException;
import java.util.Iterator;

/**
 * Copies the rows of a control store out, and back into one that is empty. What means nothing after a while is left
 * out: who is signed in, and leases.
 *
 * @since 0.1
 */
public interface ControlCopies {
    /**
     * Gives all rows as they were at one moment, whatever is written meanwhile.
     *
     * @throws dev.hansard.ports.session.StorageException when they cannot be read
     */
    void read(Sink sink) throws IOException;

    /**
     * Puts rows in, all or none of them.
     *
     * @throws dev.hansard.ports.session.StorageException when there is something in it already, or a row does not fit
     */
    void fill(Iterator<ControlRow> rows);

    /**
     * Takes rows.
     *
     * @since 0.1
     */
    @FunctionalInterface
    interface Sink {
        void take(ControlRow row) throws IOException;
    }
}
