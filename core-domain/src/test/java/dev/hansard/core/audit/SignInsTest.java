// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignInsTest {
    private final InMemoryAuditLog log = new InMemoryAuditLog();
    private long nanos;
    private final SignIns signIns = new SignIns(new Auditor(log, () -> Instant.EPOCH, true), () -> nanos);

    private void arrives(String subject) {
        signIns.arrived(Access.toEverything(new Caller("keys", subject, List.of()), "a test"), "10.0.0.1");
    }

    private long noted() {
        return log.since(0, 1000).size();
    }

    @Test
    void notesSomebodyOnceInTenMinutes() {
        arrives("ann");
        arrives("ann");
        arrives("bob");
        nanos = Duration.ofMinutes(10).toNanos() - 1;
        arrives("ann");
        assertThat(noted()).isEqualTo(2);

        nanos++;
        arrives("ann");
        arrives("ann");

        assertThat(noted()).isEqualTo(3);
        assertThat(log.newest(Long.MAX_VALUE, 1).getFirst().event()).satisfies(event -> {
            assertThat(event.action()).isEqualTo(AuditAction.SIGNED_IN);
            assertThat(event.actor()).isEqualTo("ann");
            assertThat(event.from()).isEqualTo("10.0.0.1");
            assertThat(event.object()).isEqualTo("as admin");
        });
    }

    @Test
    void remembersNoMoreThanItsLimit() {
        for (int i = 0; i <= SignIns.MOST; i++) {
            arrives("somebody-" + i);
        }
        long before = log.newest(Long.MAX_VALUE, 1).getFirst().number();

        arrives("somebody-" + SignIns.MOST);
        arrives("somebody-0");

        assertThat(log.newest(Long.MAX_VALUE, 1).getFirst().number()).isEqualTo(before + 1);
    }
}
