// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.boot.text.Visible;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.scan.Finding;
import dev.hansard.core.masking.scan.ScanReport;
import dev.hansard.core.masking.scan.ScanReport.Coverage;
import dev.hansard.core.masking.scan.ScanReport.Proposal;
import dev.hansard.core.masking.scan.Selection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what a scan has found. */
record ScanOutput(ScanReport report, @Nullable String cursor) {
    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("FOUND", false, false, 0),
            new Table.Column("WHAT", false, false, 0),
            new Table.Column("SERVICE", false, false, 2),
            new Table.Column("MESSAGE", false, false, 0),
            new Table.Column("PLACE", false, true, 0),
            new Table.Column("SESSIONS", true, false, 1),
            new Table.Column("VALUES", true, false, 3),
            new Table.Column("FIRST", false, false, 5),
            new Table.Column("LAST", false, false, 4));

    /** Whether there was no session to look through. */
    boolean isEmpty() {
        return report.coverage().sessions() + report.coverage().unreadableSessions() == 0;
    }

    /** For people: a row for each finding, and the rules. */
    void table(Terminal terminal) {
        if (report.findings().isEmpty()) {
            return;
        }
        var table = new Table(COLUMNS, terminal.columns());
        for (Finding finding : report.findings()) {
            table.add(List.of(
                    word(finding.trace()),
                    finding.what().word(),
                    finding.service().value(),
                    word(finding.direction()),
                    Visible.inLine(finding.place().shown()),
                    Integer.toString(finding.sessions()),
                    Long.toString(finding.occurrences()),
                    finding.first().toString(),
                    finding.last().toString()));
        }
        table.lines().forEach(terminal.out()::println);
        if (!report.proposals().isEmpty()) {
            terminal.out().println();
            yaml(terminal);
        }
    }

    /** For a configuration: the rules. */
    void yaml(Terminal terminal) {
        ProposalYaml.lines(report.proposals()).forEach(terminal.out()::println);
    }

    /** For programs: a line for each finding. */
    void lines(Terminal terminal) {
        report.findings().forEach(finding -> terminal.out().println(Json.line(json(finding))));
    }

    /** For programs: all of it in one document. */
    void document(Terminal terminal) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("clean", report.isClean());
        var findings = root.putArray("findings");
        report.findings().forEach(finding -> findings.add(json(finding)));
        Coverage coverage = report.coverage();
        root.putObject("coverage")
                .put("sessions", coverage.sessions())
                .put("unreadableSessions", coverage.unreadableSessions())
                .put("contents", coverage.contents())
                .put("withheldContents", coverage.withheldContents())
                .put("truncatedContents", coverage.truncatedContents())
                .put("unreadableContents", coverage.unreadableContents())
                .put("unplacedValues", coverage.unplacedValues());
        proposals(root.putObject("proposals"));
        root.put("unproposed", report.unproposed());
        if (cursor != null) {
            root.put("nextCursor", cursor);
        }
        terminal.out().println(Json.pretty(root));
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("found", word(finding.trace()))
                .put("what", finding.what().word())
                .put("service", finding.service().value())
                .put("message", word(finding.direction()))
                .put("place", finding.place().shown());
        Selection selection = finding.place().selection();
        if (selection != null) {
            node.putObject("selector").put(word(selection.key()), selection.text());
        }
        return node.put("sessions", finding.sessions())
                .put("values", finding.occurrences())
                .put("firstSession", finding.first().toString())
                .put("lastSession", finding.last().toString());
    }

    private void proposals(ObjectNode node) {
        ObjectNode services = node.putObject("services");
        ObjectNode sets = node.putObject("sets");
        ObjectNode rules = node.putObject("rules");
        for (Proposal proposal : report.proposals()) {
            services.putArray(proposal.service().value()).add(proposal.set());
            var names = sets.putArray(proposal.set());
            for (MaskRule rule : proposal.rules()) {
                names.add(rule.name());
                ObjectNode written = rules.putObject(rule.name());
                ProposalYaml.keys(rule).forEach((key, value) -> {
                    switch (value) {
                        case List<?> texts ->
                            texts.forEach(text -> written.withArray("/" + key).add(text.toString()));
                        case Integer number -> written.put(key, number);
                        default -> written.put(key, value.toString());
                    }
                });
            }
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Says how much was seen, and what was not. */
    void coverage(Terminal terminal) {
        Coverage coverage = report.coverage();
        terminal.err()
                .println("looked through " + counted(coverage.sessions(), "session") + " and "
                        + counted(coverage.contents(), "content"));
        note(terminal, coverage.unreadableSessions(), "session", "gone or could not be read");
        note(terminal, coverage.withheldContents(), "content", "withheld: the record does not keep what was in it");
        note(terminal, coverage.truncatedContents(), "content", "truncated: the record keeps a part of it");
        note(terminal, coverage.unreadableContents(), "content", "gone, too long, or could not be read");
        note(
                terminal,
                coverage.unplacedValues(),
                "value",
                "found, but past what is told apart; look at fewer sessions");
        note(terminal, report.unproposed(), "finding", "without a rule: nothing selects it, or another rule does");
    }

    private static void note(Terminal terminal, long count, String noun, String what) {
        if (count > 0) {
            terminal.err().println(counted(count, noun) + (count == 1 ? " is " : " are ") + what);
        }
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
