// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of who is signed in has to do. */
public interface SignedInRecordsContract {
    Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    Duration HOUR = Duration.ofHours(1);

    /** Opens that of a folder, as it was left. */
    Opened open(Path folder);

    /** An open one. */
    interface Opened extends AutoCloseable {
        SignedInRecords records();

        @Override
        void close();
    }

    private static Person person(String subject) {
        return new Person(new Caller("corp", subject, List.of("ops", "sre"), List.of("helper")), "Ann B.", null);
    }

    private static SignedInRecord record(String digest, String subject, Instant usedAt) {
        return new SignedInRecord(digest, person(subject), usedAt, NOON.plus(HOUR));
    }

    private static void add(Opened opened, SignedInRecord record) {
        opened.records().add(record, NOON, NOON.minus(HOUR));
    }

    @Test
    default void findsWhatWasAddedAfterARestart(@TempDir Path folder) {
        SignedInRecord ann = record("aa", "ann", NOON);
        try (Opened opened = open(folder)) {
            add(opened, ann);

            assertThat(opened.records().find("aa")).isEqualTo(ann);
            assertThat(opened.records().find("bb")).isNull();
        }
        try (Opened opened = open(folder)) {
            assertThat(opened.records().find("aa")).isEqualTo(ann);
            assertThat(opened.records().count()).isEqualTo(1);
        }
    }

    @Test
    default void keepsTextsOfAllKinds(@TempDir Path folder) {
        @Nullable String name = "N\u00fcl \0 \ud83d\ude00 '";
        var odd = new Person(new Caller("corp", "s\ud800x\0", List.of("", "a,b", "\"{}"), List.of()), name, "a@b");
        var record = new SignedInRecord("aa", odd, NOON, NOON.plus(HOUR));
        try (Opened opened = open(folder)) {
            add(opened, record);

            assertThat(opened.records().find("aa")).isEqualTo(record);
        }
    }

    @Test
    default void writesDownTheLatestUse(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            add(opened, record("aa", "ann", NOON));

            opened.records().use("aa", NOON.plusSeconds(9));
            opened.records().use("aa", NOON.plusSeconds(5));
            opened.records().use("bb", NOON);

            assertThat(opened.records().find("aa")).isEqualTo(record("aa", "ann", NOON.plusSeconds(9)));
            assertThat(opened.records().find("bb")).isNull();
        }
    }

    @Test
    default void givesWhatIsRemovedOnce(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            SignedInRecord ann = record("aa", "ann", NOON);
            add(opened, ann);

            assertThat(opened.records().remove("aa")).isEqualTo(ann);
            assertThat(opened.records().remove("aa")).isNull();
            assertThat(opened.records().find("aa")).isNull();
        }
    }

    @Test
    default void forgetsWhatIsOver(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            add(opened, record("idle", "ann", NOON.minusSeconds(60)));
            add(opened, new SignedInRecord("ended", person("bob"), NOON, NOON.plusSeconds(30)));
            add(opened, record("lives", "eve", NOON));

            opened.records().add(record("new", "kim", NOON), NOON.plusSeconds(30), NOON.minusSeconds(60));

            assertThat(opened.records().count()).isEqualTo(2);
            assertThat(opened.records().find("lives")).isNotNull();
            assertThat(opened.records().find("new")).isNotNull();
        }
    }

    @Test
    default void makesRoomAmongThoseOfOnePerson(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            add(opened, record("other", "bob", NOON.minusSeconds(100)));
            for (int i = 0; i <= SignedInRecords.MOST_OF_ONE; i++) {
                add(opened, record("a" + i, "ann", NOON.plusSeconds(i)));
            }

            assertThat(opened.records().count()).isEqualTo(SignedInRecords.MOST_OF_ONE + 1);
            assertThat(opened.records().find("a0")).isNull();
            assertThat(opened.records().find("a1")).isNotNull();
            assertThat(opened.records().find("other")).isNotNull();
        }
    }

    /** The longest that a caller may have. */
    @Test
    default void keepsAPersonOfManyGroups(@TempDir Path folder) {
        var many = new Person(
                new Caller("corp", "ann", Collections.nCopies(Caller.MOST_GROUPS, "g".repeat(256))), null, null);
        try (Opened opened = open(folder)) {
            var record = new SignedInRecord("aa", many, NOON, NOON.plus(HOUR));
            add(opened, record);

            assertThat(opened.records().find("aa")).isEqualTo(record);
        }
    }
}
