// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditLogContract;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2ControlStoreTest {
    @TempDir
    Path folder;

    @Test
    void refusesWhatANewerHansardWrote() throws Exception {
        H2ControlStore.open(folder).close();
        try (var connection = DriverManager.getConnection("jdbc:h2:" + folder.resolve("control"), "sa", "")) {
            connection.createStatement().execute("INSERT INTO layout VALUES (1000)");
        }

        assertThatThrownBy(() -> H2ControlStore.open(folder))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("newer Hansard");
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> H2ControlStore.open(file.resolve("control")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    /** Each number that the child printed was confirmed, so it has to be there although nobody closed the file. */
    @Test
    void keepsWhatWasConfirmedWhenTheProcessIsKilled() throws Exception {
        for (int cycle = 0; cycle < 3; cycle++) {
            var child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Appending.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long confirmed = 0;
            try (var said = child.inputReader()) {
                for (int i = 0; i < 40 + 25 * cycle; i++) {
                    confirmed = Long.parseLong(Objects.requireNonNull(said.readLine()));
                }
            } finally {
                child.destroyForcibly();
                assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }

            try (var again = H2ControlStore.open(folder)) {
                var numbers = new ArrayList<Long>();
                again.audit().since(0, 1_000).forEach(entry -> numbers.add(entry.number()));
                assertThat(numbers).hasSizeGreaterThanOrEqualTo((int) confirmed);
                assertThat(numbers)
                        .isEqualTo(LongStream.rangeClosed(1, numbers.size())
                                .boxed()
                                .toList());
                assertThat(again.audit().newest(2, 1)).containsExactly(new AuditEntry(1, AuditLogContract.event(0)));
            }
        }
    }

    /** The child: appends and prints each number. */
    static final class Appending {
        private Appending() {}

        @SuppressWarnings("SystemOut") // It talks to the test over its output.
        public static void main(String[] folder) {
            var store = H2ControlStore.open(Path.of(folder[0]));
            for (int i = 0; i < 5_000; i++) {
                System.out.println(store.audit().append(AuditLogContract.event(i)));
            }
        }
    }
}
