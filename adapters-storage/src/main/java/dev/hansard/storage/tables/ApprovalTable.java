// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.approval.ApprovalQuery;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.StoredApproval;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Approvals. All see what any has committed; of two changes at once one finds its row changed. */
public final class ApprovalTable implements ApprovalStore {
    private static final String OPEN = "state IN ('PENDING', 'APPROVED')";
    private static final String PAST = "state NOT IN ('PENDING', 'APPROVED')";
    private static final String ADD = "INSERT INTO approval VALUES (:id, :version, :state, :service, :node, :provider,"
            + " :subject, :expires, :stands, :keep, :document)";
    private static final String REPLACE = "UPDATE approval SET version = :version, state = :state,"
            + " expires_at = :expires, stands_until = :stands, keep_until = :keep, document = :document"
            + " WHERE id = :id AND version = :before";

    private final ControlTables database;

    public ApprovalTable(ControlTables database) {
        this.database = database;
    }

    private static UUID uuid(ApprovalId id) {
        return new UUID(id.high(), id.low());
    }

    private static OffsetDateTime column(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime nullable(@Nullable Instant time) {
        return time == null ? null : column(time);
    }

    private static byte[] bytes(ByteBuffer document) {
        byte[] bytes = new byte[document.remaining()];
        document.get(bytes);
        return bytes;
    }

    @Override
    public void add(StoredApproval added) {
        database.change(handle -> handle.createUpdate(ADD)
                .bind("id", uuid(added.id()))
                .bind("version", added.version())
                .bind("state", added.state().name())
                .bind("service", added.service().value())
                .bind("node", added.node().value())
                .bind("provider", database.encode(added.provider()))
                .bind("subject", database.encode(added.subject()))
                .bind("expires", column(added.expiresAt()))
                .bindByType("stands", nullable(added.standsUntil()), OffsetDateTime.class)
                .bind("keep", column(added.keepUntil()))
                .bind("document", bytes(added.document()))
                .execute());
    }

    @Override
    public boolean replace(StoredApproval next) {
        return database.change(handle -> handle.createUpdate(REPLACE)
                        .bind("id", uuid(next.id()))
                        .bind("before", next.version() - 1)
                        .bind("version", next.version())
                        .bind("state", next.state().name())
                        .bind("expires", column(next.expiresAt()))
                        .bindByType("stands", nullable(next.standsUntil()), OffsetDateTime.class)
                        .bind("keep", column(next.keepUntil()))
                        .bind("document", bytes(next.document()))
                        .execute()
                == 1);
    }

    @Override
    public @Nullable StoredApproval find(ApprovalId id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM approval WHERE id = ?")
                        .bind(0, uuid(id))
                        .map((row, _) -> approval(row))
                        .findOne())
                .orElse(null);
    }

    private StoredApproval approval(ResultSet row) throws SQLException {
        OffsetDateTime standsUntil = row.getObject("stands_until", OffsetDateTime.class);
        return new StoredApproval(
                id(row),
                row.getLong("version"),
                ApprovalState.valueOf(row.getString("state")),
                new ServiceName(row.getString("service")),
                new NodeName(row.getString("node")),
                database.decode(row.getString("provider")),
                database.decode(row.getString("subject")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                standsUntil == null ? null : standsUntil.toInstant(),
                row.getObject("keep_until", OffsetDateTime.class).toInstant(),
                ByteBuffer.wrap(row.getBytes("document")));
    }

    private static ApprovalId id(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new ApprovalId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    @Override
    public Map<ApprovalId, ApprovalState> states(Collection<ApprovalId> ids) {
        var states = new HashMap<ApprovalId, ApprovalState>();
        if (ids.isEmpty()) {
            return states;
        }
        Object[] uuids = ids.stream().map(ApprovalTable::uuid).toArray();
        database.read(handle -> handle.createQuery("SELECT id, state FROM approval WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, uuids)
                .map((row, _) -> states.put(id(row), ApprovalState.valueOf(row.getString("state"))))
                .list());
        return states;
    }

    @Override
    public List<StoredApproval> list(ApprovalQuery query) {
        return switch (query.scope()) {
            case Scope.Everything _ -> list(query, "", Map.of());
            case Scope.Only(var services) -> {
                var named = new HashMap<String, Object>();
                services.forEach(service -> named.put("service" + named.size(), service.value()));
                yield services.isEmpty() ? List.of() : list(query, " AND service IN (" + names(named) + ")", named);
            }
        };
    }

    private List<StoredApproval> list(ApprovalQuery query, String scope, Map<String, Object> scoped) {
        var named = new HashMap<String, Object>(scoped);
        String states = "";
        if (!query.states().isEmpty()) {
            var some = new HashMap<String, Object>();
            query.states().forEach(state -> some.put("state" + some.size(), state.name()));
            states = " AND state IN (" + names(some) + ")";
            named.putAll(some);
        }
        String before = "";
        if (query.before() != null) {
            before = " AND id < :before";
            named.put("before", uuid(query.before()));
        }
        named.put("limit", query.limit());
        return rows(
                "SELECT * FROM approval WHERE TRUE" + scope + states + before + " ORDER BY id DESC LIMIT :limit",
                named);
    }

    private static String names(Map<String, Object> named) {
        return ":" + String.join(", :", named.keySet());
    }

    private List<StoredApproval> rows(String sql, Map<String, Object> named) {
        return database.read(handle -> {
            Query query = handle.createQuery(sql);
            named.forEach(query::bind);
            return query.map((row, _) -> approval(row)).list();
        });
    }

    @Override
    public List<StoredApproval> ofNode(NodeName node, ApprovalState state, @Nullable ApprovalId after) {
        var named = new HashMap<String, Object>(Map.of("node", node.value(), "state", state.name(), "most", MOST));
        if (after != null) {
            named.put("after", uuid(after));
        }
        return rows(
                "SELECT * FROM approval WHERE node = :node AND state = :state"
                        + (after == null ? "" : " AND id > :after") + " ORDER BY id LIMIT :most",
                named);
    }

    @Override
    public List<StoredApproval> standing(ServiceName service, String provider, String subject, Instant now) {
        return rows(
                "SELECT * FROM approval WHERE stands_until > :now AND service = :service AND provider = :provider"
                        + " AND subject = :subject AND state IN ('USED', 'COLLECTED') ORDER BY id DESC LIMIT :most",
                Map.of(
                        "now",
                        column(now),
                        "service",
                        service.value(),
                        "provider",
                        database.encode(provider),
                        "subject",
                        database.encode(subject),
                        "most",
                        MOST));
    }

    @Override
    public List<StoredApproval> overdue(Instant now) {
        return rows(
                "SELECT * FROM approval WHERE " + OPEN + " AND expires_at <= :now ORDER BY id LIMIT :most",
                Map.of("now", column(now), "most", MOST));
    }

    @Override
    public List<StoredApproval> removable(Instant now) {
        return rows(
                "SELECT * FROM approval WHERE " + PAST + " AND keep_until <= :now ORDER BY id LIMIT :most",
                Map.of("now", column(now), "most", MOST));
    }

    @Override
    public void remove(Collection<ApprovalId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Object[] uuids = ids.stream().map(ApprovalTable::uuid).toArray();
        database.change(handle -> handle.createUpdate("DELETE FROM approval WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, uuids)
                .execute());
    }

    @Override
    public long open() {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM approval WHERE " + OPEN)
                .mapTo(Long.class)
                .one());
    }
}
