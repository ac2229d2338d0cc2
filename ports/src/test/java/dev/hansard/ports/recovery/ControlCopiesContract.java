// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is copied out of a store and into an empty one is the same there. */
public interface ControlCopiesContract {
    Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

    /** The store of a folder; another folder is another store. */
    ControlStore open(Path folder);

    private static AuditEvent event(String object) {
        return new AuditEvent(NOON, "corp", "ada\nb", AuditAction.AUDIT_READ, object, null, "::1", null, true);
    }

    private static void fillSome(ControlStore store) {
        store.keys()
                .add(new ApiKey(
                        "abcdefghijkl", "ci", "0".repeat(64), List.of("a", "b,'c'"), NOON, "corp/ada", null, null));
        store.keys()
                .add(new ApiKey(
                        "mnopqrstuvwx", "old", "1".repeat(64), List.of(), NOON, "corp/ada", NOON.plusSeconds(9), null));
        store.keys().revoke("mnopqrstuvwx", NOON.plusSeconds(5));
        for (int i = 0; i < 30; i++) {
            store.audit().append(event("entry " + i));
        }
        RetentionRecords retention = store.retention();
        if (retention != null) {
            retention.notes().mark(NOON);
        }
    }

    private static List<ControlRow> rows(ControlStore store) throws IOException {
        var rows = new ArrayList<ControlRow>();
        Objects.requireNonNull(store.copies()).read(rows::add);
        return rows;
    }

    @Test
    default void givesBackTheSame(@TempDir Path from, @TempDir Path to) throws IOException {
        List<ControlRow> rows;
        try (ControlStore store = open(from)) {
            fillSome(store);
            rows = rows(store);
            assertThat(rows(store)).isEqualTo(rows);
        }

        try (ControlStore store = open(to)) {
            Objects.requireNonNull(store.copies()).fill(rows.iterator());
            assertThat(rows(store)).isEqualTo(rows);
        }
        try (ControlStore there = open(from);
                ControlStore store = open(to)) {
            assertThat(store.keys().list()).isEqualTo(there.keys().list()).hasSize(2);
            assertThat(store.audit().since(0, 100))
                    .isEqualTo(there.audit().since(0, 100))
                    .hasSize(30);
            assertThat(store.audit().append(event("next"))).isEqualTo(31);
        }
    }

    @Test
    default void isOfOneMomentWhateverIsWrittenMeanwhile(@TempDir Path folder) throws IOException {
        try (ControlStore store = open(folder)) {
            fillSome(store);
            int before = rows(store).size();

            var rows = new ArrayList<ControlRow>();
            Objects.requireNonNull(store.copies()).read(row -> {
                // By somebody else: what this thread does belongs to its own transaction.
                Thread other = Thread.ofPlatform().start(() -> store.audit().append(event("meanwhile")));
                join(other);
                rows.add(row);
            });

            assertThat(rows).hasSize(before);
            assertThat(store.audit().newest(Long.MAX_VALUE, 1).getFirst().number())
                    .isEqualTo(30 + before);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    default void leavesOutWhoIsSignedInAndLeases(@TempDir Path folder) throws IOException {
        try (ControlStore store = open(folder)) {
            fillSome(store);

            assertThat(rows(store)).extracting(ControlRow::table).doesNotContain("signed_in", "lease", "layout");
        }
    }

    @Test
    default void fillsNothingThatIsNotEmpty(@TempDir Path from) throws IOException {
        try (ControlStore store = open(from)) {
            fillSome(store);
            List<ControlRow> rows = rows(store);

            assertThatThrownBy(() -> Objects.requireNonNull(store.copies()).fill(rows.iterator()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("not empty");

            assertThat(rows(store)).isEqualTo(rows);
        }
    }

    @Test
    default void fillsAllOrNothing(@TempDir Path from, @TempDir Path to) throws IOException {
        List<ControlRow> rows;
        try (ControlStore store = open(from)) {
            fillSome(store);
            rows = new ArrayList<>(rows(store));
        }
        rows.add(new ControlRow("of_the_future", Map.of("a", new ControlValue.Whole(1))));

        try (ControlStore store = open(to)) {
            assertThatThrownBy(() -> Objects.requireNonNull(store.copies()).fill(rows.iterator()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("of_the_future");

            assertThat(store.audit().append(event("first"))).isEqualTo(1);
        }
    }
}
