// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.catalog.H2Catalog;
import dev.hansard.storage.catalog.H2CatalogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What it costs to index, in batches of the size that the indexer gives: prints sessions a second and bytes a session
 * for H2, for PostgreSQL, and for PostgreSQL with two nodes at once, then how long pages take. Arguments: how many
 * sessions.
 */
final class CatalogCost {
    private static final int BATCH = 500;
    private static final Caller CALLER =
            new Caller("mesh", "spiffe://prod.example.com/ns/shop/sa/checkout", List.of("shop", "ops"));

    private CatalogCost() {}

    @SuppressWarnings("SystemOut") // It is run by hand, for what it prints.
    public static void main(String[] arguments) throws Exception {
        int sessions = arguments.length == 0 ? 200_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("catalog-cost");
        try (var catalog = H2Catalog.open(H2CatalogSettings.of(folder), System::nanoTime)) {
            System.out.printf("H2: %,.0f sessions/s%n", rate(catalog, "one", sessions));
            pages("H2", catalog);
        }
        System.out.printf("H2: %,d bytes/session%n", size(folder) / sessions);
        try (var catalog = open(folder, "one")) {
            System.out.printf("PostgreSQL, one node: %,.0f sessions/s%n", rate(catalog, "one", sessions));
            System.out.printf("PostgreSQL: %,d bytes/session%n", bytes(folder) / sessions);
            TestDatabase.execute("VACUUM ANALYZE");
            pages("PostgreSQL", catalog);
            fillAYear(catalog);
            System.out.printf("PostgreSQL, a year of days: %,.0f sessions/s%n", rate(catalog, "three", sessions / 4));
            pages("PostgreSQL, a year of days", catalog);
            catalog.clear();
            try (var other = open(folder, "two");
                    var threads = Executors.newFixedThreadPool(2)) {
                Future<Double> there = threads.submit(() -> rate(other, "two", sessions));
                double here = rate(catalog, "one", sessions);
                System.out.printf("PostgreSQL, two nodes: %,.0f sessions/s together%n", here + there.get());
            }
        }
    }

    /** One session on each day, so that there are as many partitions as the longest retention has. */
    private static void fillAYear(SessionCatalog catalog) {
        for (int day = 1; day <= 365; day++) {
            var entry = aSession().at(NOON.minus(Duration.ofDays(day))).entry(1_000_000 + day);
            catalog.index(List.of(entry), new SpoolPosition(1, day));
        }
    }

    private static SessionCatalog open(Path folder, String node) {
        return TestDatabase.open(TestDatabase.settings(folder), new NodeName(node));
    }

    private static double rate(SessionCatalog catalog, String node, int sessions) {
        // The first ones warm the code up and are not counted.
        int warm = sessions / 5 / BATCH * BATCH;
        long start = System.nanoTime();
        for (int from = 0; from < sessions; from += BATCH) {
            if (from == warm) {
                start = System.nanoTime();
            }
            catalog.index(batch(node, from), new SpoolPosition(1, from));
        }
        return (sessions - warm) * 1e9 / (System.nanoTime() - start);
    }

    private static List<CatalogEntry> batch(String node, int from) {
        var entries = new ArrayList<CatalogEntry>(BATCH);
        for (int i = from; i < from + BATCH; i++) {
            // Two sessions a millisecond; nodes get numbers of their own.
            int number = i % 2 + 2 * List.of("one", "two", "three").indexOf(node);
            entries.add(aSession()
                    .node(node)
                    .at(NOON.minus(Duration.ofHours(11)).plusMillis(i / 2), number)
                    .service("service-" + i % 20)
                    .method(i % 5 == 0 ? "POST" : "GET")
                    .target("/v1/orders/" + i + "?page=1")
                    .status(i % 100 == 0 ? 500 : 200)
                    .caller(CALLER)
                    .entry(i + 1));
        }
        return entries;
    }

    @SuppressWarnings("SystemOut")
    private static void pages(String name, SessionCatalog catalog) {
        var status = List.of(new SessionQuery.StatusRange(500, 599));
        page(name, "all", catalog, SessionQuery.ALL);
        page(
                name,
                "one service",
                catalog,
                SessionQuery.ALL.of(List.of(new dev.hansard.ports.value.ServiceName("service-7"))));
        page(
                name,
                "status 5xx",
                catalog,
                new SessionQuery(List.of(), status, List.of(), null, List.of(), List.of(), null, null));
        page(
                name,
                "a path that is not there",
                catalog,
                new SessionQuery(
                        List.of(),
                        List.of(),
                        List.of(),
                        new dev.hansard.ports.session.PathPattern("/nowhere/*"),
                        List.of(),
                        List.of(),
                        null,
                        null));
    }

    @SuppressWarnings("SystemOut")
    private static void page(String name, String what, SessionCatalog catalog, SessionQuery query) {
        for (int i = 0; i < 20; i++) {
            catalog.slice(query, null, 50);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            catalog.slice(query, null, 50);
        }
        System.out.printf("%s: page of 50, %s: %.1f ms%n", name, what, (System.nanoTime() - start) / 20e6);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private static long bytes(Path folder) throws Exception {
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = '"
                        + TestDatabase.settings(folder).schema() + "_catalog'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
