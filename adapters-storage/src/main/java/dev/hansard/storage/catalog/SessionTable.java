// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The main table of a day file: its columns in order, how an entry goes in and comes out. */
final class SessionTable {
    // The columns that filters meet stand first, since H2 reads a row's columns in order.
    private static final String COLUMNS = """
            id UUID NOT NULL,
            sequence BIGINT NOT NULL,
            service VARCHAR NOT NULL,
            status SMALLINT NOT NULL,
            method VARCHAR NOT NULL,
            path VARCHAR NOT NULL,
            query VARCHAR NOT NULL,
            started_nanos BIGINT NOT NULL,
            duration_micros BIGINT NOT NULL,
            state TINYINT NOT NULL,
            ending TINYINT NOT NULL,
            durability TINYINT NOT NULL,
            truncated BOOLEAN NOT NULL,
            code VARCHAR,
            node VARCHAR NOT NULL,
            listener VARCHAR NOT NULL,
            retention VARCHAR NOT NULL,
            caller_provider VARCHAR NOT NULL,
            caller_subject VARCHAR NOT NULL,
            caller_groups VARCHAR ARRAY NOT NULL,
            host VARCHAR NOT NULL,
            request_bytes BIGINT NOT NULL,
            response_bytes BIGINT NOT NULL,
            trace_id VARCHAR,
            container INT NOT NULL,
            frame_offset BIGINT NOT NULL,
            frame_length BIGINT NOT NULL""";

    private static final int COLUMN_COUNT = 27;

    /**
     * The index by service serves lists of one service and carries the status for its filter. H2 sorts by an index only
     * in its own direction, so both that lists use are descending.
     */
    static final List<String> DEFINITION = List.of(
            "CREATE TABLE session(" + COLUMNS + ")",
            "CREATE UNIQUE INDEX session_by_id ON session(id DESC)",
            "CREATE INDEX session_by_service ON session(service DESC, id DESC, status)",
            "CREATE INDEX session_by_sequence ON session(sequence)");

    static final String SELECT = "SELECT * FROM session ";
    static final String INSERT = "INSERT INTO session VALUES (" + "?, ".repeat(COLUMN_COUNT - 1) + "?)";

    private static final List<SessionState> STATES = List.of(SessionState.values());
    private static final List<Ending> ENDINGS = List.of(Ending.values());
    private static final List<Durability> DURABILITIES = List.of(Durability.values());

    private SessionTable() {}

    /**
     * Differs between programs that lay rows out differently: day files of another layout are dropped and indexed anew.
     */
    static String layout() {
        var sum = new CRC32C();
        sum.update((DEFINITION + " " + Placements.DEFINITION + STATES + ENDINGS + DURABILITIES)
                .getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    static void bind(PreparedStatement insert, CatalogEntry entry, int container) throws SQLException {
        SessionSummary session = entry.summary();
        insert.setObject(1, SessionIds.toUuid(session.id()));
        insert.setLong(2, entry.sequence());
        insert.setString(3, session.service().value());
        insert.setInt(4, session.status());
        insert.setString(5, cut(session.method()));
        bindTarget(insert, cut(session.target()));
        insert.setLong(8, SessionIds.nanos(session.startedAt()));
        insert.setLong(9, session.durationMicros());
        insert.setInt(10, STATES.indexOf(session.state()));
        insert.setInt(11, ENDINGS.indexOf(session.ending()));
        insert.setInt(12, DURABILITIES.indexOf(session.durability()));
        insert.setBoolean(13, session.truncated());
        insert.setString(14, cutOrNull(session.code()));
        insert.setString(15, session.node().value());
        insert.setString(16, cut(session.listener()));
        insert.setString(17, session.retention().value());
        bindCaller(insert, session.caller());
        insert.setString(21, cut(session.host()));
        insert.setLong(22, session.requestBytes());
        insert.setLong(23, session.responseBytes());
        insert.setString(24, cutOrNull(session.traceId()));
        insert.setInt(25, container);
        insert.setLong(26, entry.location().offset());
        insert.setLong(27, entry.location().length());
    }

    /** Path and query apart, so that a path is found by equality. */
    private static void bindTarget(PreparedStatement insert, String target) throws SQLException {
        int query = target.indexOf('?');
        insert.setString(6, query < 0 ? target : target.substring(0, query));
        insert.setString(7, query < 0 ? "" : target.substring(query));
    }

    private static void bindCaller(PreparedStatement insert, Caller caller) throws SQLException {
        insert.setString(18, cut(caller.provider()));
        insert.setString(19, cut(caller.subject()));
        Object[] groups = caller.groups().stream()
                .limit(SessionSummary.MAX_GROUPS)
                .map(SessionTable::cut)
                .toArray();
        insert.setObject(20, groups);
    }

    /** A row as it was indexed; where its frames lie now, {@link Placements} knows. */
    record Row(long sequence, SessionSummary summary, int container, long offset, long length) {}

    static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(2), summary(row), row.getInt(25), row.getLong(26), row.getLong(27));
    }

    static SessionSummary summary(ResultSet row) throws SQLException {
        return new SessionSummary(
                SessionIds.fromUuid(row.getObject(1, UUID.class)),
                new ServiceName(row.getString(3)),
                new NodeName(row.getString(15)),
                row.getString(16),
                SessionIds.instant(row.getLong(8)),
                row.getLong(9),
                STATES.get(row.getInt(10)),
                ENDINGS.get(row.getInt(11)),
                row.getString(14),
                DURABILITIES.get(row.getInt(12)),
                new RetentionClass(row.getString(17)),
                new Caller(row.getString(18), row.getString(19), groups(row.getArray(20))),
                row.getString(5),
                row.getString(6) + row.getString(7),
                row.getString(21),
                row.getInt(4),
                row.getLong(22),
                row.getLong(23),
                row.getBoolean(13),
                row.getString(24));
    }

    private static List<String> groups(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    private static String cut(String text) {
        return text.length() <= SessionSummary.MAX_TEXT ? text : text.substring(0, SessionSummary.MAX_TEXT);
    }

    private static @Nullable String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text);
    }
}
