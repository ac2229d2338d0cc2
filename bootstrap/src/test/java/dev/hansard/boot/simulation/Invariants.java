// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.verify.Finding;
import dev.hansard.core.ledger.verify.Verification;
import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.SteppedSpool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold whatever happens, looked at behind the node's back (THREATS.md sections 3.2 and 2.25). */
final class Invariants {
    /** How far the node's clock may be wrong without its noticing. */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    private final SimulatedWorld world;
    private final SimulatedCallers callers;
    private final Map<String, Set<SessionId>> segments = new HashMap<>();
    private final Set<SessionId> gone = new HashSet<>();
    private Map<SessionId, String> stored = Map.of();
    private @Nullable String checkpoint;

    Invariants(SimulatedWorld world, SimulatedCallers callers) {
        this.world = world;
        this.callers = callers;
        world.spoolDisk.beforeDelete(this::mayGo);
    }

    /** A spool file goes only when each of its records lies elsewhere. */
    private void mayGo(String name) {
        if (SteppedSpool.isSpoolFile(name)) {
            List<SessionId> records = SteppedSpool.recordsIn(world.spoolDisk.bytes(name));
            Set<SessionId> elsewhere = records.isEmpty() ? Set.of() : elsewhere(name);
            // One that was never promised may lie where its file was given up.
            assertThat(records.stream().filter(id -> !elsewhere.contains(id) && isPromised(id)))
                    .as("records that went with spool file " + name)
                    .allMatch(gone::contains);
        }
    }

    private Set<SessionId> elsewhere(String name) {
        var found = new HashSet<>(inSegments().keySet());
        for (String other : world.spoolDisk.names()) {
            if (SteppedSpool.isSpoolFile(other) && !other.equals(name)) {
                found.addAll(SteppedSpool.recordsIn(world.spoolDisk.bytes(other)));
            }
        }
        return found;
    }

    /** Each session that lies in a segment, and one where it does. */
    private Map<SessionId, String> inSegments() {
        var found = new HashMap<SessionId, String>();
        List<String> keys = world.objects.list("", "", PayloadStore.MAX_LIST);
        assertThat(keys).as("objects of one run").hasSizeLessThan(PayloadStore.MAX_LIST);
        for (String key : keys) {
            if (Segment.parse(key) != null) {
                segments.computeIfAbsent(key, it -> Set.copyOf(SteppedSpool.recordsIn(world.objects, it)))
                        .forEach(id -> found.put(id, key));
            }
        }
        return found;
    }

    /** What has gone from the payload store since the last look went rightly: not held, and due or erased. */
    void seeWhatWent() {
        Map<SessionId, String> now = inSegments();
        stored.forEach((id, key) -> {
            if (!now.containsKey(id)) {
                requireRightlyGone(id, key);
                gone.add(id);
            }
        });
        stored = now;
    }

    private void requireRightlyGone(SessionId id, String key) {
        Segment segment = Segment.parse(key);
        assertThat(world.register.isHeld(id)).as("held, but gone: " + id).isFalse();
        if (segment != null && !isErasing(id)) {
            Instant due = SimulatedNode.RULES.dueAt(segment);
            assertThat(due)
                    .as("when " + key + " with " + id + " was due")
                    .isBeforeOrEqualTo(world.clock.truth().plus(TOLERANCE));
        }
    }

    private boolean isErasing(SessionId id) {
        return callers.all().stream().anyMatch(call -> call.id().equals(id) && call.isErasing());
    }

    private boolean isUnderRemoval(@Nullable SessionId id) {
        return world.kept.open().stream()
                .anyMatch(open -> id != null && id.equals(open.removal().session()));
    }

    private boolean isPromised(SessionId id) {
        return callers.all().stream().anyMatch(call -> call.id().equals(id) && call.isPromised() && !call.isErasing());
    }

    /** What callers were promised is there, once, and as it was; what somebody had erased is not. */
    void check(SimulatedNode node, Iterable<SimulatedCall> calls) throws IOException {
        for (SimulatedCall call : calls) {
            boolean listed = world.rows.find(call.id()).isPresent();
            boolean mayBeGone = gone.contains(call.id()) || call.isErasing();
            if (call.isPromised() && !mayBeGone) {
                assertThat(listed).as("promised " + call.id()).isTrue();
            }
            // A row may outlive its record until the removal that a death has broken off is brought to its end.
            if (listed && !gone.contains(call.id()) && !isUnderRemoval(call.id())) {
                assertThat(call.isErased())
                        .as("erased, but listed: " + call.id())
                        .isFalse();
                requireAsRecorded(node, call);
            }
        }
    }

    private void requireAsRecorded(SimulatedNode node, SimulatedCall call) throws IOException {
        Session found = node.spool.archive().find(call.id()).orElseThrow();
        if (call.isAcknowledged() || found.state() == SessionState.COMPLETE) {
            assertThat(found).isEqualTo(call.exchange.session());
            assertThat(body(node, call, Direction.REQUEST)).isEqualTo(call.exchange.request());
            assertThat(body(node, call, Direction.RESPONSE)).isEqualTo(call.exchange.response());
        } else {
            assertThat(found.code()).as("code of " + call.id()).isIn("outcome_unknown", "record_lost");
        }
    }

    private static String body(SimulatedNode node, SimulatedCall call, Direction direction) throws IOException {
        try (InputStream in =
                node.spool.archive().openBody(call.id(), direction).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Each session has one row and one place in the order, and nothing is there that nobody called for. */
    void checkRows() {
        List<CatalogEntry> rows = world.rows.since(0, SessionQuery.ALL, 1000);
        assertThat(rows.stream().map(CatalogEntry::sequence)).as("sequences").doesNotHaveDuplicates();
        assertThat(callers.tried())
                .as("sessions that were begun")
                .containsAll(rows.stream().map(row -> row.summary().id()).toList());
    }

    /** What has gone stays gone: in rows, segments and spool. */
    void checkGone() {
        var there = new HashSet<>(inSegments().keySet());
        world.spoolDisk.names().stream()
                .filter(SteppedSpool::isSpoolFile)
                .forEach(name -> there.addAll(SteppedSpool.recordsIn(world.spoolDisk.bytes(name))));
        for (SessionId id : gone) {
            assertThat(world.rows.find(id)).as("gone, but listed: " + id).isEmpty();
            assertThat(there).as("gone, but stored").doesNotContain(id);
        }
    }

    /** All that is left is held. */
    void checkNothingIsDue() {
        inSegments().forEach((id, key) -> {
            Instant due = SimulatedNode.RULES.dueAt(Objects.requireNonNull(Segment.parse(key)));
            if (due != null && due.isBefore(world.clock.truth())) {
                assertThat(world.register.isHeld(id))
                        .as("due since " + due + ", but still there: " + id + " in " + key)
                        .isTrue();
            }
        });
    }

    /** The ledger stands behind every record and every absence; what a death has broken off may still be to be seen. */
    void verifyMeanwhile() {
        List<Finding> findings = verification();
        findings.removeIf(this::isUnderWay);
        assertThat(findings).as("differences found by a verification").isEmpty();
    }

    private boolean isUnderWay(Finding finding) {
        boolean removing = !world.kept.open().isEmpty();
        return switch (finding.kind()) {
            // Frames are gone, their rows are next; or what stays is copied, and the old segment goes next.
            case ROW_UNLISTED -> gone.contains(finding.id()) || isUnderRemoval(finding.id());
            // It was due before its spool file had gone, and came back with that: the next run removes it again.
            case ROW_MISSING -> gone.contains(finding.id());
            case COPIED -> removing;
            // What a loss of power has torn, until its file is sealed without it.
            case DAMAGED, UNLISTED -> finding.place().startsWith("spool/");
            default -> false;
        };
    }

    /** The same, when everything has come to its end. */
    void verify() {
        assertThat(verification()).as("differences found by a verification").isEmpty();
    }

    private List<Finding> verification() {
        var published = new PublishedLedger(world.objects, SimulatedNode.NAME);
        String since = checkpoint;
        var trust =
                new Verification.Trust(SimulatedNode.KEY.publicKey(), since == null ? null : SignedNote.parse(since));
        var findings = new ArrayList<Finding>();
        try (StoredRecords records = SteppedSpool.records(world.spoolDisk, world.objects, SimulatedNode.NAME)) {
            var result = new Verification(new Verification.Stores(published, records, world.rows), trust)
                    .run(findings::add, (_, _) -> {});
            checkpoint = result.checkpoint().isEmpty() ? null : result.checkpoint();
            return findings;
        }
    }

    int gone() {
        return gone.size();
    }
}
