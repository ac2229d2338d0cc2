// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.ports.value.AgentName;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a connection to an upstream. Of two threads one only writes, the other only reads. */
interface Link {
    InputStream in();

    OutputStream out();

    /** Whether nothing has come in since the last response: neither a byte nor an end. Never blocks. */
    boolean isSilent();

    /** Ends it, and whatever blocks on it. */
    void close();

    /** The agent at its other end; null when that is the upstream itself. */
    @Nullable
    AgentName agent();
}
