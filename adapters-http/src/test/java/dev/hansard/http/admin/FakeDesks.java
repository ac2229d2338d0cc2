// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.audit.AuditDesk;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.AdminGate;
import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.ApiKeyText;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.InMemoryApiKeys;
import dev.hansard.ports.identity.KeyDesk;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.search.ContentQuery;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.InMemoryContentSearch;
import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What an admin listener takes requests to, in memory; everyone may do everything, unless told otherwise. */
final class FakeDesks implements AdminGate, KeyDesk, AuditDesk {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Caller SOMEONE = new Caller("corp", "someone", List.of("sre"));

    final List<Visitor> visitors = new CopyOnWriteArrayList<>();
    final InMemoryAuditLog log = new InMemoryAuditLog();
    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final Random random = new Random(1);
    volatile Entry entry = new Entry.Known(Access.toEverything(SOMEONE, "a test"));
    final FakeSignIn signIn = new FakeSignIn();
    volatile boolean isOpen = true;
    final FakeRetention retention = new FakeRetention();
    final FakeRecovery recovery = new FakeRecovery();
    final FakeCredentials credentials = new FakeCredentials();
    final FakePolicies policies = new FakePolicies();
    volatile ContentSearch contents = new InMemoryContentSearch();
    final FakeApprovals approvals = new FakeApprovals();

    AdminDesks over(Sessions sessions) {
        return new AdminDesks(
                this,
                visitor -> {
                    visitors.add(visitor);
                    return sessions;
                },
                this::search,
                this,
                this,
                signIn,
                new FakeDevice(),
                new FakeLedger(),
                new RetentionDesks(retention, retention),
                new FakeStorage(),
                new RecoveryDesks(recovery, recovery),
                credentials,
                new PolicyDesks(policies, policies),
                new ApprovalDesks(approvals, approvals, approvals, () -> NOON));
    }

    private ContentSearch.Running search(Visitor visitor, String query, @Nullable String from, long maxBytes) {
        visitors.add(visitor);
        if (!query.startsWith("body:")) {
            throw new InvalidQueryException("a search needs body:", query.length());
        }
        SessionId first = from == null ? null : SessionId.parse(from);
        var phrase = new Phrase(query.substring("body:".length()));
        return contents.search(new ContentQuery(SessionQuery.ALL, phrase, first, maxBytes));
    }

    /** From now on nobody is let in. */
    void refuse(Refusal refusal) {
        entry = new Entry.Stranger(refusal);
    }

    @Override
    public Entry enter(Presented presented, @Nullable String session) {
        Entry known = signIn.enter(session);
        return known == null ? entry : known;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public Made make(Visitor visitor, String name, List<String> groups, @Nullable Duration lifetime) {
        visitors.add(visitor);
        ApiKeyText text = ApiKeyText.make(random);
        Instant end = lifetime == null ? null : NOON.plus(lifetime);
        var key = new ApiKey(text.id(), name, text.digest(), groups, NOON, "corp/someone", end, null);
        keys.add(key);
        return new Made(key, text);
    }

    @Override
    public List<ApiKey> list(Visitor visitor) {
        return keys.list();
    }

    @Override
    public boolean revoke(Visitor visitor, String id) {
        return keys.revoke(id, NOON);
    }

    @Override
    public List<AuditEntry> newest(Visitor visitor, long below, int limit) {
        return log.newest(below, limit);
    }

    @Override
    public List<AuditEntry> since(Visitor visitor, long above, int limit) {
        return log.since(above, limit);
    }
}
