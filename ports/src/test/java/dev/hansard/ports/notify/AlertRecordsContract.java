// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What everything that keeps alerts has to do. */
public interface AlertRecordsContract {
    Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

    /** Opens what is kept in a folder. */
    Opened open(Path folder);

    /** Alerts at work. */
    interface Opened extends AutoCloseable {
        AlertRecords alerts();

        @Override
        void close();
    }

    private static Alert alert(String subject, int level) {
        return new Alert(subject, level, level + "0%", "it is \"Ünïcode\"", NOON);
    }

    @Test
    default void keepsOneOfEachSubjectByName(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            opened.alerts().put(alert("quota:b", 1));
            opened.alerts().put(alert("quota:a", 1));
            opened.alerts().put(alert("quota:b", 2));

            assertThat(opened.alerts().raised()).containsExactly(alert("quota:a", 1), alert("quota:b", 2));
        }
    }

    @Test
    default void forgetsWhatIsOver(@TempDir Path folder) {
        try (Opened opened = open(folder)) {
            opened.alerts().put(alert("quota:a", 1));

            opened.alerts().remove("quota:a");
            opened.alerts().remove("quota:never");

            assertThat(opened.alerts().raised()).isEmpty();
        }
    }

    @Test
    default void keepsTheLongestTexts(@TempDir Path folder) {
        var longest = new Alert(
                "s".repeat(Alert.LONGEST_WORD),
                1,
                "x".repeat(Alert.LONGEST_WORD),
                "d".repeat(Alert.LONGEST_DETAIL),
                NOON);
        try (Opened opened = open(folder)) {
            opened.alerts().put(longest);

            assertThat(opened.alerts().raised()).containsExactly(longest);
        }
    }
}
