// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the archive of a node that is stopped. */
@FunctionalInterface
public interface NodeCopy {
    /**
     * Writes it, in clear.
     *
     * @throws dev.hansard.boot.cli.CommandFailedException when there is no such node, or it runs
     */
    void write(StoppedNode node, OutputStream to) throws IOException;
}
