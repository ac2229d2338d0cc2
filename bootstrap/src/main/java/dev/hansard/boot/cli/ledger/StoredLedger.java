// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.ledger;

import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.ledger.verify.Verification;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a node has stored, opened to be verified; nothing of it is changed, and the node may be running.
 *
 * @param publicKey where the node keeps its public key; to be used when no other is named
 * @param closing lets go of it
 */
public record StoredLedger(Verification.Stores stores, Path publicKey, Runnable closing) implements AutoCloseable {
    @Override
    public void close() {
        closing.run();
    }

    /** Opens what a configuration names. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens it, beside a node that may be running.
         *
         * @param node whose ledger; null for the node of the data folder
         * @throws dev.hansard.boot.cli.CommandFailedException when there is nothing to open
         */
        StoredLedger open(StorageSettings storage, @Nullable String node);
    }
}
