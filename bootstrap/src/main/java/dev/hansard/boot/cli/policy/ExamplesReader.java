// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import dev.hansard.boot.cli.policy.PolicyExample.Expected;
import dev.hansard.boot.settings.yaml.Keys;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.core.policy.GivenBody;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Trial;
import dev.hansard.ports.value.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a table of examples. */
final class ExamplesReader {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 8_192;
    private static final Keys FILE = Keys.of("", "config", "tests");
    private static final Keys TEST = Keys.of("tests[]", "name", "request", "caller", "expect");
    private static final Keys REQUEST =
            Keys.of("tests[].request", "method", "url", "headers", "body", "listener", "at");
    private static final Keys CALLER = Keys.of("tests[].caller", "subject", "provider", "groups");
    private static final Keys EXPECT = Keys.of("tests[].expect", "outcome", "code", "service", "policies", "observed");
    private static final Map<String, String> OUTCOMES = Map.of(
            "allowed", "allowed",
            "refused", "refused",
            "needs-approval", "needs-approval",
            "allow", "allowed",
            "deny", "refused",
            "require-approval", "needs-approval");

    private final Section file;
    private final Problems problems;

    ExamplesReader(Tree document, Problems problems) {
        this.problems = problems;
        this.file = Section.open(document, "", FILE, problems);
    }

    /** The configuration that the file itself names; null when it names none. */
    @Nullable
    String config() {
        return file.has("config") ? file.text("config") : null;
    }

    List<PolicyExample> examples() {
        var examples = new ArrayList<PolicyExample>();
        List<Tree> items = file.items("tests");
        for (int i = 0; i < items.size(); i++) {
            Section test = Section.open(items.get(i), "tests[" + i + "]", TEST, problems);
            String name = test.parsed("name", "", text -> Names.word(text, LONGEST_NAME));
            examples.add(new PolicyExample(test.at(), name, trial(test), expected(test)));
        }
        if (items.isEmpty()) {
            problems.error(file.at(), "there are no tests", "write tests: [{ name: ..., request: ..., expect: ... }]");
        }
        return examples;
    }

    private Trial trial(Section test) {
        Section request = test.section("request", REQUEST);
        if (!request.has("url")) {
            problems.error(request.at(), request.path() + " has no url", "write a URL or a path");
        }
        return new Trial(
                request.parsed("listener", "", text -> Names.word(text, LONGEST_NAME)),
                caller(test),
                request.parsed("method", "GET", text -> Names.word(text, LONGEST_NAME)),
                request.parsed("url", "/", text -> latin(Names.word(text, LONGEST_TEXT))),
                fields(request),
                request.parsed("body", null, text -> new GivenBody(text.getBytes(StandardCharsets.UTF_8))),
                request.parsed("at", null, ExamplesReader::instant));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw new MisfitException("a time such as 2026-07-01T12:00:00Z");
        }
    }

    private Caller caller(Section test) {
        Tree written = test.find("caller");
        try {
            if (written == null) {
                return Caller.ANONYMOUS;
            }
            if (written instanceof Scalar) {
                return new Caller("", String.valueOf(test.text("caller")), List.of());
            }
            Section caller = Section.open(written, test.child("caller"), CALLER, problems);
            return new Caller(
                    caller.parsed("provider", "", text -> Names.word(text, LONGEST_NAME)),
                    caller.parsed("subject", Caller.ANONYMOUS.subject(), text -> Names.word(text, LONGEST_TEXT)),
                    texts(caller, "groups"));
        } catch (InvalidValueException e) {
            problems.error(test.placeOf("caller"), test.child("caller") + ": " + e.getMessage());
            return Caller.ANONYMOUS;
        }
    }

    private List<Field> fields(Section request) {
        var fields = new ArrayList<Field>();
        for (Entry entry : request.named("headers")) {
            String path = request.child("headers") + "." + entry.key();
            fields.add(new Field(
                    entry.key(),
                    request.parsed(entry.value(), path, "", text -> latin(Names.word(text, LONGEST_TEXT)))));
        }
        return fields;
    }

    /** One char is one byte of the request. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Expected expected(Section test) {
        Tree written = test.find("expect");
        if (written == null) {
            problems.error(
                    test.at(), test.path() + " expects nothing", "write expect: allow, deny or require-approval");
            return new Expected(null, null, null, null, null);
        }
        if (written instanceof Scalar) {
            return new Expected(test.choice("expect", "allowed", OUTCOMES, List.of()), null, null, null, null);
        }
        Section expect = Section.open(written, test.child("expect"), EXPECT, problems);
        return new Expected(
                expect.has("outcome") ? expect.choice("outcome", "allowed", OUTCOMES, List.of()) : null,
                expect.has("code") ? expect.text("code") : null,
                expect.has("service") ? expect.text("service") : null,
                expect.has("policies") ? texts(expect, "policies") : null,
                expect.has("observed") ? texts(expect, "observed") : null);
    }

    private static List<String> texts(Section section, String key) {
        var texts = new ArrayList<String>();
        for (Tree item : section.items(key)) {
            String text = section.text(item, section.child(key));
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }
}
