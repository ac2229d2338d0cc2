// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every keeper of API keys owes; each one's test implements it. */
public interface ApiKeysContract {
    Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** Keys over a folder, with how they are closed. */
    Opened open(Path folder);

    /** Keys that are open. */
    interface Opened extends AutoCloseable {
        ApiKeys keys();

        @Override
        void close();
    }

    /** Whether they are still there when they are opened again. */
    default boolean isLasting() {
        return true;
    }

    private static ApiKey key(char id, String name, @Nullable Instant expires) {
        return new ApiKey(
                String.valueOf(id).repeat(ApiKey.ID_LENGTH),
                name,
                "00".repeat(32),
                List.of("ci", "ops, \"ü\""),
                NOON.plusSeconds(id),
                "corp/someone",
                expires,
                null);
    }

    @Test
    default void findsAKeyByItsId(@TempDir Path folder) {
        try (var opened = open(folder)) {
            ApiKey lasting = key('a', "ci-build", null);
            ApiKey passing = key('b', "ci-deploy", NOON.plusSeconds(60));

            opened.keys().add(lasting);
            opened.keys().add(passing);

            assertThat(opened.keys().find(lasting.id())).isEqualTo(lasting);
            assertThat(opened.keys().find("zzzzzzzzzzzz")).isNull();
            assertThat(opened.keys().find("' OR 1=1 --")).isNull();
            assertThat(opened.keys().list()).containsExactly(passing, lasting);
        }
    }

    @Test
    default void refusesANameOrIdThatIsTaken(@TempDir Path folder) {
        try (var opened = open(folder)) {
            opened.keys().add(key('a', "ci-build", null));

            assertThatThrownBy(() -> opened.keys().add(key('b', "ci-build", null)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("ci-build");
            assertThatThrownBy(() -> opened.keys().add(key('a', "other", null)))
                    .isInstanceOf(InvalidValueException.class);
            assertThat(opened.keys().list()).hasSize(1);
        }
    }

    @Test
    default void revokesOnce(@TempDir Path folder) {
        try (var opened = open(folder)) {
            ApiKey key = key('a', "ci-build", null);
            opened.keys().add(key);

            assertThat(opened.keys().revoke(key.id(), NOON)).isTrue();
            assertThat(opened.keys().revoke(key.id(), NOON.plusSeconds(1))).isFalse();
            assertThat(opened.keys().revoke("zzzzzzzzzzzz", NOON)).isFalse();
            assertThat(opened.keys().find(key.id())).isEqualTo(key.revoked(NOON));
        }
    }

    @Test
    default void areThereAfterTheyWereOpenedAgain(@TempDir Path folder) {
        if (!isLasting()) {
            return;
        }
        ApiKey kept = key('a', "ci-build", NOON.plusSeconds(60));
        ApiKey revoked = key('b', "ci-deploy", null);
        try (var opened = open(folder)) {
            opened.keys().add(kept);
            opened.keys().add(revoked);
            opened.keys().revoke(revoked.id(), NOON);
        }

        try (var again = open(folder)) {
            assertThat(again.keys().list()).containsExactly(revoked.revoked(NOON), kept);
        }
    }
}
