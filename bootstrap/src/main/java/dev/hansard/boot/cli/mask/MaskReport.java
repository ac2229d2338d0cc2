// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.mask.MaskPreview.Kept;
import dev.hansard.boot.cli.mask.MaskPreview.Outcome;
import dev.hansard.boot.cli.mask.MaskPreview.Withheld;
import dev.hansard.boot.text.Content;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.boot.text.Visible;
import dev.hansard.ports.session.MaskedPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells what masking did to a content. */
record MaskReport(Outcome outcome) {
    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("RULE", false, false, 0),
            new Table.Column("COUNT", true, false, 0),
            new Table.Column("PLACE", false, true, 0));

    /** By the word of the record. */
    static final Map<String, String> REASONS = Map.of(
            "syntax", "it is not what its format demands",
            "format", "it is binary, or of a format that cannot be masked",
            "depth", "it nests too deeply",
            "charset", "its charset is not known, or it is not in it",
            "coding", "its content coding is not known, or it is not in it",
            "ratio", "it grows by decoding more than any honest content does",
            "size", "it is longer than what is inspected",
            "incomplete", "it breaks off",
            "timeout", "masking it takes too long",
            "failure", "masking it failed; this is a bug, please report it");

    /** Reasons for which a service may choose to keep a content. */
    private static final List<String> CHOICE = List.of("syntax", "format", "depth", "charset", "incomplete");

    /** For people: the content where data goes, the rest beside it. */
    void print(Terminal terminal) {
        switch (outcome) {
            case Kept kept -> {
                content(kept, terminal);
                reading(kept, terminal);
                places(kept, terminal);
            }
            case Withheld(String reason) -> {
                terminal.err().println("withheld, " + explained(reason));
                if (CHOICE.contains(reason)) {
                    terminal.hint("with on-unparsable: detectors it would be kept, with what detectors find masked");
                }
            }
        }
    }

    private static String explained(String reason) {
        return reason + ": " + REASONS.getOrDefault(reason, "it cannot be masked");
    }

    /** How the content was understood, where that is not what one expects. */
    private static void reading(Kept kept, Terminal terminal) {
        if (kept.charset() != null) {
            terminal.err().println("read as " + kept.charset().name() + ", and kept in it");
        }
        if (kept.unparsable() != null) {
            terminal.err().println("masked by detectors alone, " + explained(kept.unparsable()));
        }
    }

    private static void content(Kept kept, Terminal terminal) {
        byte[] bytes = bytes(kept);
        // A terminal acts on what it gets: only text without anything to act on may go there.
        if (!terminal.outIsTerminal()) {
            terminal.out().writeBytes(bytes);
        } else if (isText(kept, bytes)) {
            String text = Visible.inBlock(text(kept, bytes));
            terminal.out().print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
        } else {
            throw CommandFailedException.usage(
                    "the content is not text, and a terminal would act on it",
                    "send the output to a file or another program");
        }
        terminal.out().flush();
    }

    private static void places(Kept kept, Terminal terminal) {
        if (kept.hits().isEmpty()) {
            terminal.err().println("nothing to mask");
            return;
        }
        var table = new Table(COLUMNS, terminal.columns());
        Map<String, Integer> untold = new TreeMap<>(kept.hits());
        counted(kept.places()).forEach((place, count) -> {
            untold.merge(place.rule(), -count, Integer::sum);
            table.add(row(place.rule(), count, Visible.inLine(place.at())));
        });
        untold.forEach((rule, count) -> {
            if (count > 0) {
                table.add(row(rule, count, "(further places)"));
            }
        });
        table.lines().forEach(terminal.err()::println);
    }

    private static List<String> row(String rule, int count, String place) {
        return List.of(Visible.inLine(rule), Integer.toString(count), place);
    }

    private static Map<MaskedPlace, Integer> counted(List<MaskedPlace> places) {
        Map<MaskedPlace, Integer> counts = new LinkedHashMap<>();
        places.forEach(place -> counts.merge(place, 1, Integer::sum));
        return counts;
    }

    /** For programs: all of it in one document. */
    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        switch (outcome) {
            case Kept kept -> {
                root.put("status", kept.hits().isEmpty() ? "clean" : "masked");
                if (kept.unparsable() != null) {
                    root.put("reason", kept.unparsable());
                }
                if (kept.charset() != null) {
                    root.put("charset", kept.charset().name());
                }
                ObjectNode hits = root.putObject("hits");
                new TreeMap<>(kept.hits()).forEach(hits::put);
                var places = root.putArray("places");
                kept.places()
                        .forEach(place ->
                                places.addObject().put("rule", place.rule()).put("at", place.at()));
                byte[] bytes = bytes(kept);
                if (isText(kept, bytes)) {
                    root.put("content", text(kept, bytes));
                } else {
                    root.put("contentBase64", Base64.getEncoder().encodeToString(bytes));
                }
            }
            case Withheld(String reason) -> root.put("status", "withheld").put("reason", reason);
        }
        return Json.pretty(root);
    }

    private static boolean isText(Kept kept, byte[] bytes) {
        return kept.charset() != null || Content.isText(bytes);
    }

    private static String text(Kept kept, byte[] bytes) {
        return new String(bytes, kept.charset() == null ? StandardCharsets.UTF_8 : kept.charset());
    }

    private static byte[] bytes(Kept kept) {
        ByteBuffer all = ByteBuffer.allocate(
                kept.content().stream().mapToInt(ByteBuffer::remaining).sum());
        kept.content().forEach(part -> all.put(part.duplicate()));
        return all.array();
    }
}
