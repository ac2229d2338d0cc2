// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.masking.MaskingSettings.RuleSet;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.ports.masking.Patterns;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code masking} of the configuration file and of those that it includes, and what its services say about
 * masking. Names are looked up at the end, when all files are read.
 */
public final class MaskingReader {
    /** How many rules there may be, and how many sets. */
    static final int MOST_RULES = 500;

    private static final int LONGEST_NAME = 63;
    private static final Map<String, Boolean> UNPARSABLE = Map.of("withhold", false, "detectors", true);

    private final Problems problems;
    private final RuleReader reader;
    private final RuleBook book;
    private final Map<String, Position> seen = new HashMap<>();
    private final @Nullable Secret tokenKey;
    private final boolean defaults;
    private final boolean detectorsOnUnparsable;

    /** Reads the section of the configuration file itself. */
    public MaskingReader(Section root, Patterns patterns) {
        problems = root.problems();
        reader = new RuleReader(problems, new RuleChecks(problems, patterns));
        book = new RuleBook(problems);
        Section section = root.section("masking", MaskingKeys.MASKING);
        tokenKey = TokenKeyReader.read(section);
        defaults = section.truth(MaskingKeys.DEFAULTS, true);
        detectorsOnUnparsable = section.choice(MaskingKeys.ON_UNPARSABLE, false, UNPARSABLE, List.of());
        rules(section);
        for (Entry entry : section.named(MaskingKeys.SETS)) {
            set(entry, section);
        }
    }

    /** Reads that of a file that is included. */
    public void include(Section root) {
        rules(root.section("masking", MaskingKeys.INCLUDED));
    }

    private void rules(Section section) {
        for (Entry entry : section.named(MaskingKeys.RULES)) {
            String path = section.child(MaskingKeys.RULES) + "." + entry.key();
            if (isNew(entry, "rule") && Names.check(entry, path, problems)) {
                WrittenRule rule = reader.read(entry, path);
                if (rule == null) {
                    book.addUnusable(entry.key());
                } else {
                    book.add(rule);
                }
            } else {
                book.addUnusable(entry.key());
            }
        }
    }

    private boolean isNew(Entry entry, String what) {
        Position first = seen.putIfAbsent(entry.key(), entry.at());
        if (first != null) {
            problems.error(
                    entry.at(), what + " '" + entry.key() + "' is defined twice, first at " + first, "rename one");
        } else if (seen.size() == MOST_RULES + 1) {
            problems.error(entry.at(), "there are more than " + MOST_RULES + " rules and sets");
        }
        return first == null && seen.size() <= MOST_RULES;
    }

    private void set(Entry entry, Section section) {
        String path = section.child(MaskingKeys.SETS) + "." + entry.key();
        if (!isNew(entry, "set") || !Names.check(entry, path, problems)) {
            book.addUnusable(entry.key());
            return;
        }
        int before = problems.errors();
        List<Element> names = Element.in(section, entry.value(), path, text -> Names.word(text, LONGEST_NAME));
        if (names.isEmpty() && problems.errors() == before) {
            problems.error(entry.at(), path + " is empty, so that it masks nothing", "name its rules, or remove it");
        }
        book.add(new WrittenSet(entry.key(), entry.at(), names));
    }

    /** Reads what a service says about masking. */
    public void service(Section service, ServiceName name) {
        Tree written = service.find("masking");
        String path = service.child("masking");
        if (written == null) {
            book.add(new WrittenService(name, List.of(), detectorsOnUnparsable));
        } else if (written instanceof Mapping) {
            Section section = Section.open(written, path, MaskingKeys.SERVICE, problems);
            List<Element> applied = Element.under(section, MaskingKeys.APPLY, text -> Names.word(text, LONGEST_NAME));
            boolean detectors = section.choice(MaskingKeys.ON_UNPARSABLE, detectorsOnUnparsable, UNPARSABLE, List.of());
            book.add(new WrittenService(name, applied, detectors));
        } else {
            List<Element> applied = Element.in(service, written, path, text -> Names.word(text, LONGEST_NAME));
            book.add(new WrittenService(name, applied, detectorsOnUnparsable));
        }
    }

    /** All of it, once everything is read. Says what is wrong between rules, sets and services. */
    public MaskingSettings settings() {
        var settings = new MaskingSettings(
                tokenKey,
                book.sets().stream()
                        .map(set -> new RuleSet(set.name(), Element.texts(set.names())))
                        .toList(),
                book.rules().stream().map(WrittenRule::rule).toList(),
                defaults,
                detectorsOnUnparsable,
                Map.of());
        return new MaskingSettings(
                tokenKey,
                settings.sets(),
                settings.rules(),
                defaults,
                detectorsOnUnparsable,
                book.services(settings.builtIn()));
    }

    /** A set, and where it was written. */
    record WrittenSet(String name, Position at, List<Element> names) {}

    /** What one service says. */
    record WrittenService(ServiceName name, List<Element> applied, boolean detectorsOnUnparsable) {}
}
