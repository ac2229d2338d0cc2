// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import static dev.hansard.core.ledger.LedgerScene.NODE;
import static dev.hansard.core.ledger.LedgerScene.behind;
import static dev.hansard.core.ledger.LedgerScene.sessions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.ledger.LedgerScene;
import dev.hansard.core.ledger.MerkleLedger;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.RemovalsInLedger;
import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.ledger.note.LedgerPublicKey;
import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.retention.Cause;
import dev.hansard.ports.retention.ForeignRemovals.ForeignRemoval;
import dev.hansard.ports.retention.InMemoryForeignRemovals;
import dev.hansard.ports.retention.RetentionEvidence.Range;
import dev.hansard.ports.retention.RetentionEvidence.Removing;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.value.NodeName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes share their stores; the other one removes what this one recorded. */
final class NeighboursTest {
    private static final NodeName OTHER = new NodeName("node-2");
    private static final LedgerKey OTHER_KEY = LedgerKey.of(LedgerKey.make(PublishedLedger.originOf(OTHER)));
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    private final LedgerScene scene = new LedgerScene();
    private final FakeRecords records = new FakeRecords().with("a", 1, 250).with("b", 251, 600);
    private final InMemoryForeignRemovals removals = new InMemoryForeignRemovals();
    private final List<Finding> findings = new ArrayList<>();
    private final MerkleLedger own = scene.open();
    private final MerkleLedger others = new MerkleLedger(
            new SimulatedDisk(2), scene.published.of(OTHER), OTHER_KEY, scene.nanos::get, LedgerScene.EVERY);
    private final RemovalsInLedger here = new RemovalsInLedger(own, NODE, removals, CLOCK);
    private final RemovalsInLedger there = new RemovalsInLedger(others, OTHER, removals, CLOCK);

    @BeforeEach
    void enter() {
        own.append(sessions(1, 600), behind(600));
        own.commit();
    }

    @AfterEach
    void close() {
        own.close();
        others.close();
    }

    private static Removing removing(long first, long last) {
        return new Removing("payments/default/a", Cause.EXPIRED, "", "", List.of(new Range(NODE, first, last)));
    }

    private void otherRemoves() {
        there.removing(removing(1, 250));
        others.commit();
        records.segments.remove("a");
    }

    private boolean verify(LedgerPublicKey... neighbours) {
        findings.clear();
        var stores = new Verification.Stores(scene.published, records, null);
        var trust = new Verification.Trust(LedgerScene.KEY.publicKey(), null, List.of(neighbours));
        return new Verification(stores, trust, 100)
                .run(findings::add, (_, _) -> {})
                .isIntact();
    }

    @Test
    void explainsWhatAnotherNodeRemovedOnceItIsEntered() {
        otherRemoves();
        assertThat(verify()).isFalse();

        here.enterForeign();
        own.commit();

        assertThat(verify()).isTrue();
        assertThat(verify(OTHER_KEY.publicKey())).isTrue();
        assertThat(removals.of(NODE, 10)).isEmpty();
    }

    @Test
    void believesTheLedgerOfTheOtherNodeWhenThisOneNeverComesBack() {
        otherRemoves();

        assertThat(verify()).isFalse();
        assertThat(verify(OTHER_KEY.publicKey())).isTrue();
    }

    @Test
    void doesNotBelieveWordThatTheOtherNodeNeverLeft() {
        others.enter(LedgerScene.deletion(1, 1));
        others.commit();
        records.segments.remove("a");
        removals.add(NODE, new ForeignRemoval(OTHER, CLOCK.instant(), removing(1, 250)));
        here.enterForeign();
        own.commit();

        assertThat(verify(OTHER_KEY.publicKey())).isFalse();
        assertThat(findings)
                .hasSize(250)
                .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Kind.MISSING));
        assertThat(findings.getFirst().text()).contains("that node-2 removed it is not what the ledger of node-2 says");
    }

    @Test
    void doesNotBelieveALedgerThatIsSignedByAnotherKey() {
        otherRemoves();
        LedgerKey forged = LedgerKey.of(LedgerKey.make(PublishedLedger.originOf(OTHER)));

        assertThat(verify(forged.publicKey())).isFalse();

        assertThat(findings).extracting(Finding::kind).contains(Kind.UNSIGNED, Kind.MISSING);
    }

    @Test
    void namesWhatIsMissingBesideWhatWasRemoved() {
        otherRemoves();
        here.enterForeign();
        own.commit();
        records.segment("b").removeFirst();

        verify(OTHER_KEY.publicKey());

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.MISSING);
            assertThat(finding.text()).contains("no deletion says why");
        });
    }
}
