// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.KeyRotationAction;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.storage.ChosenStorage;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.spool.SpoolStorage;
import dev.hansard.storage.vault.FileVault;
import java.nio.file.Path;

/** Wraps the keys of the storage that a configuration names, beside the nodes that use it. */
public final class KeyRotations implements KeyRotationAction {
    /** Nothing is recorded under it. */
    private static final NodeName NOBODY = new NodeName("keys-rotate");

    private final NodeClock clock;

    /** With the time and the randomness of a node. */
    public KeyRotations(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public Done rotate(Settings settings) {
        ChosenStorage<KeyWrapper> encryption = settings.storage().encryption();
        if (encryption == null) {
            throw new IllegalStateException("there is no encryption to rotate the keys of");
        }
        Path dataDir = settings.storage().dataDir();
        var around = new StorageSurroundings(NOBODY, dataDir, clock.wall(), clock.nanos(), clock.secrets());
        try (KeyWrapper wrapper = encryption.opening().open(around);
                PayloadStore payloads = settings.storage().payloads().opening().open(around)) {
            FileVault.rotateKey(dataDir.resolve(Approvals.FOLDER), wrapper);
            var outcome = SpoolStorage.rotateKeys(dataDir.resolve("spool"), payloads, wrapper);
            return new Done(outcome.wrappedBy(), outcome.rewrapped(), outcome.already());
        } catch (StorageException | InvalidValueException e) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), "what was done stays done; run it again");
        }
    }
}
