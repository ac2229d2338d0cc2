// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.recovery;

import dev.hansard.ports.identity.Visitor;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Where a copy is taken of what cannot be made again: the control data, and the keys that this node keeps itself. Safe
 * for any number of threads.
 *
 * @since 0.1
 */
public interface BackupDesk {
    /**
     * Sees whether the visitor may, and writes it into the audit log, so that the entry is in the backup itself.
     *
     * @return what writes the archive, in clear; whoever gets it seals it
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not
     */
    Archive take(Visitor visitor);

    /**
     * A backup that may be written.
     *
     * @since 0.1
     */
    @FunctionalInterface
    interface Archive {
        /**
         * Writes it; its end says that it is whole.
         *
         * @throws dev.hansard.ports.session.StorageException when the control data cannot be read
         */
        void writeTo(OutputStream to) throws IOException;
    }
}
