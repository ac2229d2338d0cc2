// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.recovery.BackupFile;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import dev.hansard.storage.crypt.SealingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a backup is sealed by. A passphrase is never an argument, which every process could read. */
final class SealOption {
    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Seal by the key in this file: 32 bytes, or their Base64 (openssl rand -base64 32).")
    private @Nullable Path keyFile;

    @Option(names = "--passphrase", description = "Seal by a passphrase, which is asked for.", interactive = true)
    private char @Nullable [] passphrase;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Seal by the passphrase in the first line of this file.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--plain",
            description = "Do not seal: whoever reads the file has the node's keys and can forge its ledger.")
    private boolean plain;

    /** The file of a backup, with what it is sealed by. */
    BackupFile file(Path file) {
        long said = Stream.of(keyFile != null, passphrase != null, passphraseFile != null, plain)
                .filter(Boolean::booleanValue)
                .count();
        if (said != 1) {
            throw CommandFailedException.usage(
                    said == 0 ? "a backup holds secret keys, so it is sealed" : "a backup is sealed in one way only",
                    "give --key-file, --passphrase or --passphrase-file; or say --plain to leave it in clear");
        }
        try {
            return new BackupFile(file, key());
        } catch (InvalidValueException e) {
            throw CommandFailedException.usage(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            throw CommandFailedException.usage(
                    (keyFile == null ? passphraseFile : keyFile) + " cannot be read", "name another file");
        }
    }

    private @Nullable SealingKey key() throws IOException {
        if (keyFile != null) {
            return SealingKey.of(Files.readAllBytes(keyFile));
        }
        if (passphraseFile != null) {
            return SealingKey.of(Secret.of(
                    Files.readString(passphraseFile).lines().findFirst().orElse("")));
        }
        return passphrase == null ? null : SealingKey.of(Secret.of(new String(passphrase)));
    }
}
