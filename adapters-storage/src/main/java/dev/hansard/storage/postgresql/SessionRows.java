// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a session goes into the staging table, and comes out of the table of sessions. */
final class SessionRows {
    /** Where a connection puts what it is about to index. */
    static final String STAGING = """
            CREATE TEMPORARY TABLE IF NOT EXISTS staging(
                place integer NOT NULL, owner text NOT NULL, container_name text NOT NULL,
                millis bigint NOT NULL, skew_millis bigint NOT NULL,
                id uuid NOT NULL, day integer NOT NULL, knowledge smallint NOT NULL, started_nanos bigint NOT NULL,
                duration_micros bigint NOT NULL, request_bytes bigint NOT NULL, response_bytes bigint NOT NULL,
                frame_offset bigint NOT NULL, frame_length bigint NOT NULL, status smallint NOT NULL,
                truncated boolean NOT NULL, state text NOT NULL, ending text NOT NULL, durability text NOT NULL,
                service text NOT NULL, method text NOT NULL, path text NOT NULL, query text NOT NULL,
                node text NOT NULL, listener text NOT NULL, retention text NOT NULL, host text NOT NULL,
                caller_provider text NOT NULL, caller_subject text NOT NULL, caller_groups text[] NOT NULL,
                code text, trace_id text) ON COMMIT DELETE ROWS""";

    static final String COPY = "COPY staging FROM STDIN";

    /** The order is that of {@link #summary}. */
    static final String SUMMARY = """
            s.id, s.service, s.node, s.listener, s.started_nanos, s.duration_micros, s.state, s.ending, s.code,
            s.durability, s.retention, s.caller_provider, s.caller_subject, s.caller_groups, s.method, s.path, s.query,
            s.host, s.status, s.request_bytes, s.response_bytes, s.truncated, s.trace_id""";

    /**
     * Of rows {@code s} everything, and where their frames lie now. The last two parameters are the first and the last
     * day that they are of, which spare the planner all others. The order is that of {@link #entry}.
     */
    static final String ENTRY = "SELECT " + SUMMARY + """
            , s.sequence, s.frame_length,
            CASE WHEN p.day IS NULL THEN s.frame_offset ELSE p.new_offset + (s.frame_offset - p.from_offset) END,
            CASE WHEN p.day IS NULL THEN lay.name ELSE lies.name END
            FROM (%s) s
            JOIN container lay ON lay.number = s.container
            LEFT JOIN LATERAL (SELECT * FROM placement m
                WHERE m.day = s.day AND m.container = s.container AND m.from_offset <= s.frame_offset
                    AND m.day BETWEEN ? AND ?
                ORDER BY m.from_offset DESC LIMIT 1) p ON p.to_offset > s.frame_offset
            LEFT JOIN container lies ON lies.number = p.new_container
            ORDER BY s.sequence""";

    /** What a spool file's name begins with: names that each node gives for itself. */
    private static final String SPOOL = "spool/";

    private SessionRows() {}

    /** Whose container that is: a node's own, or nobody's in particular. */
    static String ownerOf(String container, NodeName node) {
        return container.startsWith(SPOOL) ? node.value() : "";
    }

    static void add(CopyRows rows, int place, CatalogEntry entry) {
        SessionSummary session = entry.summary();
        FrameLocation location = entry.location();
        long millis = session.id().epochMillis();
        rows.add(place)
                .add(ownerOf(location.container(), session.node()))
                .add(location.container())
                .add(millis)
                .add(Math.abs(SessionIds.millis(session.startedAt()) - millis))
                .add(SessionIds.toUuid(session.id()).toString())
                .add(SessionIds.dayOf(session.id()))
                .add(session.knowledge())
                .add(SessionIds.nanos(session.startedAt()))
                .add(session.durationMicros())
                .add(session.requestBytes())
                .add(session.responseBytes())
                .add(location.offset())
                .add(location.length())
                .add(session.status())
                .add(session.truncated());
        addTexts(rows, session);
        rows.endRow();
    }

    private static void addTexts(CopyRows rows, SessionSummary session) {
        // Path and query apart, so that a path is found by equality.
        String target = cut(session.target());
        int query = target.indexOf('?');
        Caller caller = session.caller();
        rows.add(session.state().name())
                .add(session.ending().name())
                .add(session.durability().name())
                .add(session.service().value())
                .add(cut(session.method()))
                .add(query < 0 ? target : target.substring(0, query))
                .add(query < 0 ? "" : target.substring(query))
                .add(session.node().value())
                .add(cut(session.listener()))
                .add(session.retention().value())
                .add(cut(session.host()))
                .add(cut(caller.provider()))
                .add(cut(caller.subject()))
                .add(caller.groups().stream()
                        .limit(SessionSummary.MAX_GROUPS)
                        .map(SessionRows::cut)
                        .toList())
                .add(cutOrNull(session.code()))
                .add(cutOrNull(session.traceId()));
    }

    static SessionSummary summary(ResultSet row) throws SQLException {
        return new SessionSummary(
                SessionIds.fromUuid(row.getObject(1, UUID.class)),
                new ServiceName(row.getString(2)),
                new NodeName(row.getString(3)),
                text(row, 4),
                SessionIds.instant(row.getLong(5)),
                row.getLong(6),
                SessionState.valueOf(row.getString(7)),
                Ending.valueOf(row.getString(8)),
                textOrNull(row, 9),
                Durability.valueOf(row.getString(10)),
                new RetentionClass(row.getString(11)),
                new Caller(text(row, 12), text(row, 13), groups(row.getArray(14))),
                text(row, 15),
                text(row, 16) + text(row, 17),
                text(row, 18),
                row.getInt(19),
                row.getLong(20),
                row.getLong(21),
                row.getBoolean(22),
                textOrNull(row, 23));
    }

    static CatalogEntry entry(ResultSet row) throws SQLException {
        return new CatalogEntry(
                row.getLong(24), summary(row), new FrameLocation(text(row, 27), row.getLong(26), row.getLong(25)));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return PostgresText.decode(row.getString(column));
    }

    private static @Nullable String textOrNull(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : PostgresText.decode(text);
    }

    private static List<String> groups(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray())
                .map(PostgresText::decode)
                .toList();
    }

    private static String cut(String text) {
        return text.length() <= SessionSummary.MAX_TEXT ? text : text.substring(0, SessionSummary.MAX_TEXT);
    }

    private static @Nullable String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text);
    }
}
