// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import static dev.hansard.core.retention.RetentionScene.NOON;
import static dev.hansard.core.retention.RetentionScene.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.core.usage.FakeParts;
import dev.hansard.core.usage.StorageCheck;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.usage.StorageDesk.Checked;
import dev.hansard.ports.usage.StorageDesk.Finding;
import dev.hansard.ports.usage.StorageDesk.Part;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StorageCheckTest {
    private static final int SESSIONS = 700;

    private final RetentionScene scene = new RetentionScene();
    private final FakeParts parts = new FakeParts();
    private final Map<String, Runnable> control = new LinkedHashMap<>();
    private final Map<Part, Long> counts = new LinkedHashMap<>();
    private List<SessionSummary> sessions = List.of();
    private long step;

    @BeforeEach
    void record() {
        sessions = IntStream.range(0, SESSIONS)
                .mapToObj(i -> session(NOON.minus(Duration.ofMinutes(10L * i + 1)), i, RetentionClass.DEFAULT))
                .toList();
        scene.segments.add(sessions);
        parts.files.addAll(List.of("0000000001.spool", "0000000002.spool"));
        control.put("holds", () -> scene.holds.list());
    }

    private List<Finding> check() {
        var check = new StorageCheck(parts, scene.segments, scene.catalog, control, () -> scene.nanos += step);
        var findings = new ArrayList<Finding>();
        String cursor = "";
        while (cursor != null) {
            Checked checked = check.from(cursor);
            counts.merge(checked.part(), checked.count(), Long::sum);
            findings.addAll(checked.findings());
            cursor = checked.next();
        }
        return findings;
    }

    @Test
    void looksAtEverythingOnceAndFindsNothingWhereAllIsWell() {
        List<Finding> findings = check();

        assertThat(findings).isEmpty();
        assertThat(counts)
                .containsEntry(Part.CONTROL, 1L)
                .containsEntry(Part.SPOOL, 2L)
                .containsEntry(Part.SEGMENTS, (long) scene.segments.keys().size())
                .containsEntry(Part.CATALOG, (long) SESSIONS);
    }

    @Test
    void looksAtEverythingOnceHoweverLongItTakes() {
        step = Duration.ofSeconds(1).toNanos();

        List<Finding> findings = check();

        assertThat(findings).isEmpty();
        assertThat(counts)
                .containsEntry(Part.SEGMENTS, (long) scene.segments.keys().size());
    }

    @Test
    void namesEachThingThatIsWrong() {
        String first = scene.segments.keys().getFirst();
        String last = scene.segments.keys().getLast();
        parts.faults.put("0000000002.spool", List.of("9 bytes from 512 on are damaged"));
        parts.faults.put(first, List.of("its footer is damaged"));
        parts.lost.add(last);
        scene.catalog.forget(List.of(sessions.getFirst().id()));
        control.put("audit log", () -> {
            throw new StorageException("the disk is broken");
        });

        List<Finding> findings = check();

        assertThat(findings)
                .extracting(finding -> finding.part() + " " + finding.name() + " " + finding.text())
                .hasSize(5)
                .contains(
                        "CONTROL audit log cannot be read: the disk is broken",
                        "SPOOL 0000000002.spool 9 bytes from 512 on are damaged",
                        "SEGMENTS " + first + " its footer is damaged")
                .anyMatch(text -> text.contains("1 of its") && text.contains("are not in the catalog, such as"))
                .anyMatch(text -> text.startsWith("CATALOG " + last + " is not there, but the catalog lists"));
    }

    @Test
    void refusesACursorOfNoCheck() {
        var check = new StorageCheck(parts, scene.segments, scene.catalog, control, () -> 0);

        for (String cursor : List.of("x", "everything:", "catalog:x")) {
            assertThatThrownBy(() -> check.from(cursor)).isInstanceOf(InvalidValueException.class);
        }
    }
}
