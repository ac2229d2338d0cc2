// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskKeyFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void makesAKeyOnceThatOnlyItsOwnerMayRead() throws IOException {
        Secret made = MaskKeyFile.in(folder, new Random(1));
        Secret read = MaskKeyFile.in(folder, new Random(2));

        assertThat(read.reveal()).isEqualTo(made.reveal()).hasSize(44);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("masking.key"))))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".new"));
    }

    @Test
    void refusesAKeyThatWasCutShort() throws IOException {
        Files.writeString(folder.resolve("masking.key"), "short\n");

        assertThatThrownBy(() -> MaskKeyFile.in(folder, new Random(1)))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("must hold a key of at least 16 characters; put the old one back");
    }

    @Test
    void refusesAFileThatCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("masking.key"));

        assertThatThrownBy(() -> MaskKeyFile.in(folder, new Random(1)))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("cannot be used as the masking key");
    }

    @Test
    void givesANodeANameThatStays() throws IOException {
        NodeName first;
        try (DataDir dataDir = DataDir.open(folder)) {
            first = dataDir.nodeName(new Random(1));
        }

        try (DataDir dataDir = DataDir.open(folder)) {
            assertThat(dataDir.nodeName(new Random(2))).isEqualTo(first);
        }
    }
}
