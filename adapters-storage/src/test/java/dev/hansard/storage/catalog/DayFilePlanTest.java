// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.PathPattern;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionQuery.StatusRange;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.SessionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages stay fast only while H2 reads them from an index in its order. */
class DayFilePlanTest {
    private static final SessionQuery EVERYTHING_ASKED = new SessionQuery(
            List.of(),
            List.of(new StatusRange(500, 599)),
            List.of("GET"),
            new PathPattern("/v1/*"),
            List.of(new CallerPattern("billing")),
            List.of(new CallerPattern("group:checkout")),
            NOON,
            NOON.plusSeconds(60));

    @TempDir
    Path folder;

    @Test
    void readsAPageFromAnIndexInItsOrder() throws Exception {
        fill();

        try (Connection connection = DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("2026-11-23") + ";ACCESS_MODE_DATA=r", "sa", "")) {
            for (SessionQuery query : List.of(SessionQuery.ALL, EVERYTHING_ASKED)) {
                assertThat(plan(connection, false, query))
                        .contains("SESSION_BY_ID:")
                        .contains("index sorted");
                assertThat(plan(connection, true, query))
                        .contains("SESSION_BY_SERVICE:")
                        .contains("index sorted");
            }
        }
    }

    private void fill() {
        try (var catalog = H2Catalog.open(H2CatalogSettings.of(folder), System::nanoTime)) {
            List<CatalogEntry> entries = LongStream.rangeClosed(1, 2_000)
                    .mapToObj(i -> aSession()
                            .at(NOON.plusMillis(i))
                            .service("s" + i % 4)
                            .entry(i))
                    .toList();
            catalog.index(entries, SpoolPosition.START);
        }
    }

    private static String plan(Connection connection, boolean byService, SessionQuery query) throws SQLException {
        var conditions = Conditions.of(query);
        var values = new ArrayList<Object>();
        if (byService) {
            values.add("s1");
        }
        values.add(uuid(SessionIds.firstOf(NOON.toEpochMilli())));
        values.add(uuid(SessionIds.firstOf(NOON.toEpochMilli() + 1_000)));
        values.addAll(conditions.values());
        values.add(50);
        String sql = "EXPLAIN " + SessionTable.SELECT + DayFile.newestSql(byService, conditions);
        try (PreparedStatement explain = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                explain.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = explain.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static UUID uuid(SessionId id) {
        return SessionIds.toUuid(id);
    }
}
