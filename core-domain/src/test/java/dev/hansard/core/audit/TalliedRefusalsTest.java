// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.session.StorageException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TalliedRefusalsTest {
    private final InMemoryAuditLog log = new InMemoryAuditLog();
    private long room = Long.MAX_VALUE;
    private final TalliedRefusals refusals =
            new TalliedRefusals(new Auditor(new Limited(), () -> Instant.EPOCH, false));

    /** Takes so many entries and then fails. */
    private final class Limited implements AuditLog {
        @Override
        public long append(AuditEvent event) {
            if (room-- <= 0) {
                throw new StorageException("full, as planned");
            }
            return log.append(event);
        }

        @Override
        public List<AuditEntry> newest(long below, int limit) {
            return log.newest(below, limit);
        }

        @Override
        public List<AuditEntry> since(long above, int limit) {
            return log.since(above, limit);
        }
    }

    private List<String> told() {
        return log.since(0, 1000).stream()
                .map(AuditEntry::event)
                .map(event -> event.action().word() + " " + event.from() + " " + event.object())
                .toList();
    }

    @Test
    void tellsOfEachKindOnceWithItsCount() {
        for (int i = 0; i < 1_000; i++) {
            refusals.refused("edge", "expired", "10.0.0.1");
        }
        refusals.refused("edge", "expired", "10.0.0.2");
        refusals.refused("admin", "revoked_key", "10.0.0.1");
        assertThat(told()).isEmpty();

        refusals.tell();
        refusals.tell();

        assertThat(told())
                .containsExactly(
                        "refused 10.0.0.1 edge: expired, 1000 times",
                        "refused 10.0.0.2 edge: expired",
                        "refused 10.0.0.1 admin: revoked_key");
    }

    @Test
    void writesNoMoreThanItsLimitWhateverComes() {
        for (int i = 0; i < 100_000; i++) {
            refusals.refused("edge", "expired", "source " + i);
        }

        refusals.tell();

        assertThat(told())
                .hasSize(TalliedRefusals.MOST_KINDS + 1)
                .last()
                .asString()
                .startsWith("refused several sources several listeners: several reasons, ")
                .endsWith((100_000 - TalliedRefusals.MOST_KINDS) + " times");
    }

    @Test
    void writesTwoEntriesAnIntervalOnceAFloodLasts() {
        for (int minute = 0; minute < 100; minute++) {
            for (int source = 0; source < 100; source++) {
                refusals.refused("edge", "expired", minute + "." + source);
            }
            refusals.tell();
        }
        long before = log.newest(Long.MAX_VALUE, 1).getFirst().number();

        for (int source = 0; source < 100; source++) {
            refusals.refused("edge", "expired", "late " + source);
        }
        refusals.tell();

        assertThat(before).isLessThan(TalliedRefusals.MOST_SAVED + 2 * 100);
        assertThat(log.since(before, 10))
                .extracting(entry -> entry.event().object())
                .containsExactly("edge: expired", "several listeners: several reasons, 99 times");
    }

    @Test
    void keepsWhatCouldNotBeWritten() {
        refusals.refused("edge", "expired", "a");
        refusals.refused("edge", "expired", "b");
        room = 1;

        assertThatThrownBy(refusals::tell).isInstanceOf(StorageException.class);
        refusals.refused("edge", "expired", "b");
        room = Long.MAX_VALUE;
        refusals.tell();

        assertThat(told()).containsExactly("refused a edge: expired", "refused b edge: expired, 2 times");
    }
}
