// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.approval.ApprovalVault;
import dev.hansard.ports.approval.ApprovalVault.Part;
import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ApprovalId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVaultTest {
    private static final VaultLimits SMALL = new VaultLimits(4_000, 4, 2_000, 2);

    @TempDir
    private Path folder;

    private static ApprovalId id(int place) {
        return new ApprovalId((0x0190_0000_0000L + place) << 16 | 0x7000, 0x8000_0000_0000_0000L | place);
    }

    private static ByteBuffer content(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private ApprovalVault open(VaultLimits limits) {
        return open(null, limits);
    }

    private ApprovalVault open(@Nullable KeyWrapper wrapper, VaultLimits limits) {
        return FileVault.open(folder.resolve("vault"), wrapper, new SecureRandom(), limits);
    }

    @Test
    void givesBackWhatWasPutInAfterARestart() {
        assertThat(open(VaultLimits.DEFAULT).put(id(1), Part.REQUEST, "billing", content("secret")))
                .isTrue();

        ApprovalVault again = open(VaultLimits.DEFAULT);

        assertThat(again.open(id(1), Part.REQUEST)).isEqualTo(content("secret"));
        assertThat(again.open(id(1), Part.RESPONSE)).isNull();
        assertThat(again.has(id(1), Part.REQUEST)).isTrue();
        assertThat(again.list()).containsExactly(id(1));
        assertThat(again.usedBytes()).isEqualTo(SealedEntry.length(6));
    }

    @Test
    void writesNothingInClearAndLetsNobodyElseRead() throws IOException {
        open(VaultLimits.DEFAULT).put(id(1), Part.REQUEST, "billing", content("a secret of some length"));

        try (Stream<Path> files = Files.list(folder.resolve("vault"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(2);
            for (Path file : all) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("secret", "billing");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void forgetsWhatIsDestroyed() {
        ApprovalVault vault = open(VaultLimits.DEFAULT);
        vault.put(id(1), Part.REQUEST, "billing", content("secret"));

        vault.destroy(id(1), Part.REQUEST);
        vault.destroy(id(1), Part.REQUEST);

        assertThat(vault.open(id(1), Part.REQUEST)).isNull();
        assertThat(vault.usedBytes()).isZero();
        assertThat(open(VaultLimits.DEFAULT).list()).isEmpty();
    }

    @Test
    void noticesEachChangedByte() throws IOException {
        ApprovalVault vault = open(VaultLimits.DEFAULT);
        vault.put(id(1), Part.REQUEST, "billing", content("secret"));
        Path file = folder.resolve("vault").resolve(id(1) + ".request");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);

            assertThatThrownBy(() -> vault.open(id(1), Part.REQUEST)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void takesNoEntryForAnother() throws IOException {
        ApprovalVault vault = open(VaultLimits.DEFAULT);
        vault.put(id(1), Part.REQUEST, "billing", content("one"));
        vault.put(id(2), Part.REQUEST, "billing", content("two"));
        Path vaultFolder = folder.resolve("vault");
        Files.copy(
                vaultFolder.resolve(id(1) + ".request"),
                vaultFolder.resolve(id(2) + ".request"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> vault.open(id(2), Part.REQUEST))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void removesWhatACrashLeftUnfinished() throws IOException {
        ApprovalVault vault = open(VaultLimits.DEFAULT);
        Path unfinished = folder.resolve("vault").resolve(id(1) + ".request" + DurableFile.UNFINISHED);
        Files.writeString(unfinished, "half");

        ApprovalVault again = open(VaultLimits.DEFAULT);

        assertThat(unfinished).doesNotExist();
        assertThat(again.list()).isEqualTo(vault.list()).isEmpty();
    }

    @Test
    void hasRoomForSoManyRequestsOfOneCallerAndOfAll() {
        ApprovalVault vault = open(SMALL);

        assertThat(vault.put(id(1), Part.REQUEST, "a", content("x"))).isTrue();
        assertThat(vault.put(id(2), Part.REQUEST, "a", content("x"))).isTrue();
        assertThat(vault.put(id(3), Part.REQUEST, "a", content("x"))).isFalse();
        assertThat(vault.put(id(3), Part.REQUEST, "b", content("x"))).isTrue();
        assertThat(vault.put(id(4), Part.REQUEST, "c", content("x"))).isTrue();
        assertThat(vault.put(id(5), Part.REQUEST, "d", content("x"))).isFalse();
        vault.destroy(id(1), Part.REQUEST);
        assertThat(vault.put(id(5), Part.REQUEST, "a", content("x"))).isTrue();
    }

    @Test
    void keepsRoomForResponses() {
        ApprovalVault vault = open(SMALL);
        ByteBuffer large = content("x".repeat(1_400));
        assertThat(vault.put(id(1), Part.REQUEST, "a", large)).isTrue();

        assertThat(vault.put(id(2), Part.REQUEST, "b", content("x".repeat(1_600))))
                .isFalse();
        assertThat(vault.put(id(2), Part.RESPONSE, "b", content("x".repeat(1_600))))
                .isTrue();
        assertThat(vault.put(id(1), Part.RESPONSE, "a", large)).isFalse();
    }

    @Test
    void hasItsKeyWrappedWhereThereIsAKeyForThat() throws IOException {
        var wrapper = new InMemoryKeyWrapper();
        open(wrapper, VaultLimits.DEFAULT).put(id(1), Part.REQUEST, "billing", content("secret"));

        assertThat(open(wrapper, VaultLimits.DEFAULT).open(id(1), Part.REQUEST)).isEqualTo(content("secret"));
        assertThat(Files.readString(folder.resolve("vault/vault.key"))).doesNotStartWith("clear");
        assertThatThrownBy(() -> open(VaultLimits.DEFAULT))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("storage.encryption is not set");
    }
}
