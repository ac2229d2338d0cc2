// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import static dev.hansard.core.ledger.LedgerScene.behind;
import static dev.hansard.core.ledger.LedgerScene.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.session.Standing;
import dev.hansard.ports.session.Standing.State;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LedgerWitnessTest {
    private static final byte[] RECORD = {1, 2, 3};

    private final LedgerScene scene = new LedgerScene();
    private final OneRecord archive = new OneRecord();
    private final LedgerWitness witness = new LedgerWitness(scene.store, archive);

    /** One record, as somebody has it stored. */
    private static final class OneRecord implements SessionArchive {
        private byte[] bytes = RECORD;
        private long sequence = 3;

        @Override
        public Optional<Session> find(SessionId id) {
            return Optional.empty();
        }

        @Override
        public Optional<InputStream> openBody(SessionId id, Direction direction) {
            return Optional.empty();
        }

        @Override
        public Optional<StoredRecord> openRecord(SessionId id) {
            return Optional.of(new StoredRecord(sequence, new ByteArrayInputStream(bytes)));
        }
    }

    @Test
    void knowsARecordThatIsAsItWasEntered() {
        enter(1, 5);

        assertThat(standing()).isEqualTo(new Standing(State.INTACT, 2));
    }

    @Test
    void seesARecordThatSomebodyHasChanged() {
        enter(1, 5);
        archive.bytes = new byte[] {1, 2, 4};

        assertThat(standing()).isEqualTo(new Standing(State.CHANGED, 2));
    }

    @Test
    void seesARecordThatSomebodyHasPutThere() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(List.of(session(1), session(2), session(4)), behind(4));
            ledger.commit();
        }

        assertThat(standing()).isEqualTo(Standing.of(State.MISSING));
    }

    @Test
    void waitsForWhatIsNewerThanTheNewestCheckpoint() {
        Standing beforeAny = standing();
        enter(1, 2);

        assertThat(beforeAny).isEqualTo(Standing.of(State.PENDING));
        assertThat(standing()).isEqualTo(Standing.of(State.PENDING));
    }

    @Test
    void saysNothingWhileTheStoreIsAway() {
        enter(1, 5);
        scene.store.failWith(new StorageException("away"));

        assertThat(standing()).isEqualTo(Standing.of(State.UNKNOWN));
    }

    @Test
    void seesWhatIsEnteredLater() {
        enter(1, 2);
        Standing before = standing();
        enter(3, 900);

        assertThat(before.state()).isEqualTo(State.PENDING);
        assertThat(standing()).isEqualTo(new Standing(State.INTACT, 2));
    }

    private Standing standing() {
        return witness.of(SessionBuilder.aSession().build());
    }

    private void enter(long first, long last) {
        try (MerkleLedger ledger = scene.open()) {
            for (long sequence = first; sequence <= last; sequence++) {
                ledger.append(
                        List.of(session(sequence, LedgerWitness.digest(new ByteArrayInputStream(RECORD)))),
                        behind(sequence));
            }
            ledger.commit();
        }
    }
}
