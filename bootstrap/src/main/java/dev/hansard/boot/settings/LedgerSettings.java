// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the node keeps its ledger.
 *
 * @param checkpointEvery how long a record waits at most until a checkpoint has it
 * @param keyFile the key that checkpoints are signed with; null for one of the node's own
 */
public record LedgerSettings(
        Duration checkpointEvery, @Nullable Path keyFile) {
    public static final LedgerSettings DEFAULT = new LedgerSettings(Duration.ofSeconds(10), null);
}
