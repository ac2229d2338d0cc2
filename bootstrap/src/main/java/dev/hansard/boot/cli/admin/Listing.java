// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.text.Figures;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Prints a document with items in the format that was chosen. */
public final class Listing {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|wide|json|ndjson|id",
            description = "How to print (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    /** Whether people read it. */
    public boolean isTable() {
        return output == OutputFormat.TABLE || output == OutputFormat.WIDE;
    }

    /**
     * Prints it.
     *
     * @param id what names an item
     * @param cells what a row of the table shows
     */
    public void print(
            Terminal terminal,
            JsonNode document,
            List<Table.Column> columns,
            Function<JsonNode, String> id,
            Function<JsonNode, List<String>> cells) {
        JsonNode items = document.path("items");
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(document));
            case NDJSON -> items.forEach(item -> terminal.out().println(Json.line(item)));
            case ID -> items.forEach(item -> terminal.out().println(id.apply(item)));
            case TABLE, WIDE -> {
                var table = new Table(columns, output == OutputFormat.WIDE ? Integer.MAX_VALUE : terminal.columns());
                items.forEach(item -> table.add(cells.apply(item)));
                table.lines().forEach(terminal.out()::println);
            }
        }
    }

    /** A column of text that is never cut. */
    public static Table.Column text(String title) {
        return new Table.Column(title, false, false, 0);
    }

    /** A column of numbers, to the right. */
    public static Table.Column number(String title) {
        return new Table.Column(title, true, false, 0);
    }

    /** Bytes for people. */
    public static String size(JsonNode item, String member) {
        return item.has(member) ? Figures.size(item.path(member).asLong()) : "-";
    }

    /** A class of a service, as its folder is named. */
    public static String owner(JsonNode item) {
        return Json.text(item, "service") + "/" + Json.text(item, "class");
    }

    /** To the hour, in UTC as segments are. */
    public static String hour(JsonNode item, String member) {
        String text = Json.text(item, member);
        return text.length() >= 16 ? text.substring(0, 16).replace('T', ' ') : text;
    }
}
