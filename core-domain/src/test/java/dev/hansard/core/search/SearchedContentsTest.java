// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.InMemoryContentSearch;
import dev.hansard.ports.search.SearchStep;
import dev.hansard.ports.search.Spoken;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SearchedContentsTest {
    private static final Instant NOW = Spoken.NOON.plusSeconds(3600);
    private static final Scope PAYMENTS = new Scope.Only(Set.of(new ServiceName("payments")));
    private static final Scope LEDGER = new Scope.Only(Set.of(new ServiceName("ledger")));

    private final InMemoryAuditLog log = new InMemoryAuditLog();
    private final InMemoryContentSearch contents = new InMemoryContentSearch()
            .with(List.of(
                    Spoken.of("payments", Spoken.NOON, 1, "ord_1", ""),
                    Spoken.of("ledger", Spoken.NOON.plusSeconds(1), 2, "ord_1", "")));
    private final List<ContentQuery> asked = new ArrayList<>();

    private SearchedContents desk(boolean needsReason) {
        ContentSearch noting = query -> {
            asked.add(query);
            return contents.search(query);
        };
        return new SearchedContents(noting, () -> NOW, new Auditor(log, () -> NOW, needsReason));
    }

    private static Visitor visitor(Map<Permission, Scope> permissions, @Nullable String reason) {
        return new Visitor(new Access(Caller.ANONYMOUS, permissions, List.of()), "127.0.0.1", reason);
    }

    private static Visitor reader(Scope sees, Scope reads) {
        return visitor(Map.of(Permission.SEE_SESSIONS, sees, Permission.READ_PAYLOADS, reads), null);
    }

    private List<String> found(Visitor visitor, String query) {
        var found = new ArrayList<String>();
        try (ContentSearch.Running running = desk(false).search(visitor, query, null, 1000)) {
            for (SearchStep step = running.next(); !(step instanceof SearchStep.Ended); step = running.next()) {
                if (step instanceof SearchStep.Found its) {
                    found.add(its.session().service().value());
                }
            }
        }
        return found;
    }

    @Test
    void findsOnlyWhatItsVisitorMaySeeAndRead() {
        assertThat(found(reader(Scope.EVERYTHING, Scope.EVERYTHING), "body:ord_1"))
                .containsExactly("ledger", "payments");
        assertThat(found(reader(Scope.EVERYTHING, PAYMENTS), "body:ord_1")).containsExactly("payments");
        assertThat(found(reader(LEDGER, Scope.EVERYTHING), "body:ord_1")).containsExactly("ledger");
        assertThat(found(reader(LEDGER, PAYMENTS), "body:ord_1")).isEmpty();
        assertThat(found(reader(PAYMENTS, PAYMENTS), "body:ord_1 service:ledger"))
                .isEmpty();
    }

    /** Or the search would tell what the contents say. */
    @Test
    void refusesThoseWhoMayNotReadContents() {
        Visitor viewer = visitor(Map.of(Permission.SEE_SESSIONS, Scope.EVERYTHING), null);

        assertThatThrownBy(() -> desk(false).search(viewer, "body:ord_1", null, 1000))
                .isInstanceOf(NotAllowedException.class);

        assertThat(asked).isEmpty();
        assertThat(actions()).containsExactly(AuditAction.REFUSED);
    }

    @Test
    void refusesThoseWhoGiveNoReasonWhereOneIsNeeded() {
        Visitor silent = reader(Scope.EVERYTHING, Scope.EVERYTHING);
        Visitor reasoned = new Visitor(silent.access(), "127.0.0.1", "ticket 42");

        assertThatThrownBy(() -> desk(true).search(silent, "body:ord_1", null, 1000))
                .isInstanceOf(NotAllowedException.class);
        desk(true).search(reasoned, "body:ord_1", null, 1000).close();

        assertThat(asked).hasSize(1);
    }

    @Test
    void writesDownWhatIsLookedForBeforeItIs() {
        desk(false)
                .search(reader(Scope.EVERYTHING, Scope.EVERYTHING), " body:\"ord_1 x\" after:2h ", null, 1000)
                .close();

        AuditEntry entry = log.newest(Long.MAX_VALUE, 10).getFirst();
        assertThat(entry.event().action()).isEqualTo(AuditAction.CONTENTS_SEARCHED);
        assertThat(entry.event().object()).isEqualTo("body:\"ord_1 x\" after:2h");
        assertThat(asked.getFirst().sessions().after()).isEqualTo(NOW.minusSeconds(7200));
        assertThat(asked.getFirst().phrase().text()).isEqualTo("ord_1 x");
    }

    @Test
    void saysWhatIsWrong() {
        Visitor visitor = reader(Scope.EVERYTHING, Scope.EVERYTHING);

        assertThatThrownBy(() -> desk(false).search(visitor, "service:payments", null, 1000))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("body:");
        assertThatThrownBy(() -> desk(false).search(visitor, "body:\"***\"", null, 1000))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("no letter and no digit");
        assertThatThrownBy(() -> desk(false).search(visitor, "body:x", "ses_x", 1000))
                .isInstanceOf(InvalidQueryException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void cutsALongQueryInTheLog() {
        Visitor visitor = reader(Scope.EVERYTHING, Scope.EVERYTHING);
        String paths = "caller:" + "x,".repeat(60) + "x path:/" + "x".repeat(1_000) + " body:y";

        desk(false).search(visitor, paths, null, 1000).close();

        assertThat(log.newest(Long.MAX_VALUE, 10).getFirst().event().object()).endsWith("...");
    }

    private List<AuditAction> actions() {
        return log.newest(Long.MAX_VALUE, 10).stream()
                .map(entry -> entry.event().action())
                .toList();
    }
}
