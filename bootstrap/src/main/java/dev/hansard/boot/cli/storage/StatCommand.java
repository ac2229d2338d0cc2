// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Figures;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.boot.text.Visible;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansard storage stat}. */
@Command(
        name = "stat",
        description = "Show what each service has stored, how that grows, and when its quota is used up.",
        footer = {
            "",
            "A DAY is the mean of the last seven whole days, in UTC; FULL is when the quota is used up at that rate,",
            "with what goes when its retention class says."
        })
final class StatCommand implements Callable<Integer> {
    private static final int PERCENT = 100;
    private static final int DATE = 10;

    private static final List<Table.Column> SERVICES = List.of(
            text("SERVICE", 0),
            number("SESSIONS", 0),
            number("SIZE", 0),
            number("A DAY", 0),
            number("QUOTA", 1),
            number("USED", 0),
            text("FULL", 0),
            text("LAST " + Bars.DAYS + " DAYS", 2));

    private static final List<Table.Column> CLASSES = List.of(
            text("SERVICE", 0),
            text("CLASS", 0),
            number("SEGMENTS", 0),
            number("SESSIONS", 0),
            number("SIZE", 0),
            number("A DAY", 0),
            number("EXPECTED", 0),
            text("OLDEST", 0));

    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}); wide shows each retention class.",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    StatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private static Table.Column text(String title, int rank) {
        return new Table.Column(title, false, false, rank);
    }

    private static Table.Column number(String title, int rank) {
        return new Table.Column(title, true, false, rank);
    }

    @Override
    public Integer call() {
        JsonNode use;
        try (AdminClient client = admin.client(terminal)) {
            use = client.json(StorageCommand.STORAGE);
        }
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(use));
            case NDJSON -> use.path("services").forEach(item -> terminal.out().println(Json.line(item)));
            case ID -> use.path("services").forEach(item -> terminal.out().println(Json.text(item, "service")));
            case TABLE -> {
                LocalDate today = LocalDate.ofInstant(Instant.parse(Json.text(use, "at")), ZoneOffset.UTC);
                print(SERVICES, terminal.columns(), use.path("services"), item -> cells(item, today));
                warn(use);
            }
            case WIDE -> {
                print(CLASSES, Integer.MAX_VALUE, use.path("items"), StatCommand::classCells);
                warn(use);
            }
        }
        return ExitCode.DONE;
    }

    private interface Cells {
        List<String> of(JsonNode item);
    }

    private void print(List<Table.Column> columns, int width, JsonNode items, Cells cells) {
        var table = new Table(columns, width);
        items.forEach(item -> table.add(cells.of(item)));
        table.lines().forEach(terminal.out()::println);
    }

    private static List<String> cells(JsonNode item, LocalDate today) {
        JsonNode quota = item.path("quota");
        long limit = quota.path("limitBytes").asLong();
        return List.of(
                Json.text(item, "service"),
                item.path("sessions").asText(),
                size(item, "bytes"),
                size(item, "bytesPerDay"),
                size(quota, "limitBytes"),
                limit == 0 ? "-" : percent(item.path("bytes").asLong(), limit) + (isExceeded(quota) ? "!" : ""),
                day(quota),
                Bars.of(item.path("days"), today));
    }

    private static boolean isExceeded(JsonNode quota) {
        return quota.path("exceeded").asBoolean();
    }

    private static String percent(long bytes, long limit) {
        return Math.round((double) bytes * PERCENT / limit) + "%";
    }

    private static String day(JsonNode item) {
        String text = Json.text(item, "fullAt");
        return text.isEmpty() ? "-" : text.substring(0, Math.min(DATE, text.length()));
    }

    private static String size(JsonNode item, String member) {
        return item.has(member) ? Figures.size(item.path(member).asLong()) : "-";
    }

    private static List<String> classCells(JsonNode item) {
        return List.of(
                Json.text(item, "service"),
                Json.text(item, "class"),
                item.path("segments").asText(),
                item.path("sessions").asText(),
                size(item, "bytes"),
                size(item, "bytesPerDay"),
                size(item, "expectedBytes"),
                day(item, "oldest"));
    }

    private static String day(JsonNode item, String member) {
        String text = Json.text(item, member);
        return text.length() >= DATE ? text.substring(0, DATE) : text;
    }

    /** What is wrong, beside the data. */
    private void warn(JsonNode use) {
        JsonNode disk = use.path("disk");
        String grade = Json.text(disk, "grade");
        String full = Json.text(disk, "fullAt");
        if (disk.has("freeBytes")) {
            terminal.hint("the disk of the spool is " + grade + ", " + size(disk, "freeBytes") + " are free"
                    + (full.isEmpty() ? "" : ", full on " + day(disk)));
        }
        use.path("alerts")
                .forEach(alert -> terminal.hint("alert " + Visible.inLine(Json.text(alert, "subject")) + " "
                        + Visible.inLine(Json.text(alert, "state")) + ": "
                        + Visible.inLine(Json.text(alert, "detail"))));
    }
}
