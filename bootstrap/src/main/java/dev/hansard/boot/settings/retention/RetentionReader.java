// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.retention;

import dev.hansard.boot.settings.retention.RetentionSettings.WrittenRule;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.core.retention.RetentionRules;
import dev.hansard.core.retention.Schedule;
import dev.hansard.core.session.QueryParser;
import dev.hansard.core.usage.Quotas;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code retention}, and {@code retention} of each service. */
public final class RetentionReader {
    private static final int MOST_CLASSES = 100;
    private static final int MOST_RULES = 100;
    private static final Pattern MONTHS = Pattern.compile("([1-9][0-9]{0,2})mo");
    private static final int LONGEST_MONTH = 31;
    private static final Duration SHORTEST = Duration.ofHours(1);

    private final Section section;
    private final Problems problems;
    private final Map<RetentionClass, Duration> classes = new LinkedHashMap<>();
    private final Map<ServiceName, RetentionClass> ofServices = new HashMap<>();
    // Services are known only when all files are read.
    private final Map<Position, ServiceName> named = new LinkedHashMap<>();
    private final Duration usual;
    private final List<WrittenRule> rules;
    private final Quotas quotas;

    public RetentionReader(Section root) {
        this.section = root.section("retention", RetentionKeys.RETENTION);
        this.problems = root.problems();
        this.usual = section.parsed("default", RetentionSettings.DEFAULT.usual(), RetentionReader::keep);
        section.named("classes").forEach(this::readClass);
        this.rules = readRules();
        this.quotas = new QuotaReader(section, named).read();
    }

    private static Duration keep(String text) {
        Duration keep = Amounts.duration(text);
        if (keep.compareTo(SHORTEST) < 0) {
            throw new MisfitException("a duration of at least 1h", "sessions are removed by the hour of their start");
        }
        return keep;
    }

    private @Nullable Duration metadata() {
        return section.has("metadata")
                ? section.parsed("metadata", RetentionRules.USUAL, RetentionReader::keepRows)
                : null;
    }

    /** Months too, since laws count in them: each as the longest is, so that none is kept too short. */
    private static Duration keepRows(String text) {
        Matcher months = MONTHS.matcher(text);
        return keep(months.matches() ? Integer.parseInt(months.group(1)) * LONGEST_MONTH + "d" : text);
    }

    private void readClass(Entry entry) {
        String path = section.child("classes") + "." + entry.key();
        RetentionClass name = classNamed(entry.key(), entry.at(), path);
        if (name == null) {
            return;
        }
        if (name.equals(RetentionClass.DEFAULT)) {
            problems.error(entry.at(), path + " is written as " + section.child("default"), "write it there");
        } else if (classes.size() == MOST_CLASSES) {
            problems.error(entry.at(), "there are more than " + MOST_CLASSES + " retention classes");
        } else {
            classes.put(name, section.parsed(entry.value(), path, SHORTEST, RetentionReader::keep));
        }
    }

    private @Nullable RetentionClass classNamed(String text, Position at, String path) {
        try {
            return new RetentionClass(text);
        } catch (InvalidValueException e) {
            problems.error(at, path + ": " + e.getMessage());
            return null;
        }
    }

    private List<WrittenRule> readRules() {
        var read = new ArrayList<WrittenRule>();
        List<Tree> items = section.items("rules");
        if (items.size() > MOST_RULES) {
            problems.error(section.placeOf("rules"), "there are more than " + MOST_RULES + " retention rules");
            return read;
        }
        for (int i = 0; i < items.size(); i++) {
            Section rule =
                    Section.open(items.get(i), section.child("rules") + "[" + i + "]", RetentionKeys.RULE, problems);
            RetentionClass retention = classOf(rule, "class");
            if (!rule.has("class") || !rule.has("when")) {
                problems.error(
                        rule.at(),
                        rule.path() + " needs both when and class",
                        "write { when: { status: \">=500\" }, class: NAME }");
                continue;
            }
            WrittenRule written = readRule(rule.section("when", RetentionKeys.WHEN), retention);
            if (written != null) {
                read.add(written);
            }
        }
        return read;
    }

    private @Nullable WrittenRule readRule(Section when, RetentionClass retention) {
        var conditions = new LinkedHashMap<String, List<String>>();
        var query = new StringBuilder();
        for (String key : RetentionKeys.CONDITIONS) {
            List<String> values = values(when, key);
            if (!values.isEmpty()) {
                conditions.put(key, values);
                query.append(key).append(':').append(String.join(",", values)).append(' ');
            }
        }
        if (conditions.isEmpty()) {
            problems.error(
                    when.at(), when.path() + " names no condition", "write retention.default for all other sessions");
            return null;
        }
        try {
            SessionQuery parsed = QueryParser.parse(query.toString(), Instant.EPOCH);
            parsed.services().forEach(service -> named.put(when.placeOf(RetentionKeys.SERVICE), service));
            return new WrittenRule(conditions, parsed, retention);
        } catch (InvalidQueryException e) {
            problems.error(when.at(), when.path() + ": " + e.getMessage(), "a value means what it means in a query");
            return null;
        }
    }

    private List<String> values(Section when, String key) {
        var values = new ArrayList<String>();
        for (Tree item : when.items(key)) {
            // A status is a number to YAML, and text here.
            if (item instanceof Scalar scalar && !scalar.text().isBlank()) {
                values.add(scalar.text());
            } else {
                problems.error(item.at(), when.child(key) + " must be text, but is " + item.kind());
            }
        }
        return values;
    }

    /** Reads the class that a service names. */
    public RetentionClass service(Section service, ServiceName name) {
        if (!service.has("retention")) {
            return RetentionClass.DEFAULT;
        }
        RetentionClass retention = classOf(service, "retention");
        ofServices.put(name, retention);
        return retention;
    }

    private RetentionClass classOf(Section from, String key) {
        String text = from.has(key) ? from.text(key) : null;
        RetentionClass retention = text == null ? null : classNamed(text, from.placeOf(key), from.child(key));
        if (retention == null) {
            return RetentionClass.DEFAULT;
        }
        if (!retention.equals(RetentionClass.DEFAULT) && !classes.containsKey(retention)) {
            List<String> known =
                    classes.keySet().stream().map(RetentionClass::value).toList();
            problems.error(
                    from.placeOf(key),
                    "there is no retention class '" + retention + "'",
                    Words.closest(retention.value(), known)
                            .map(word -> "did you mean '" + word + "'?")
                            .orElse("add it to retention.classes"));
        }
        return retention;
    }

    /** All of it, when all services are read. */
    public RetentionSettings settings(Set<ServiceName> services) {
        named.forEach((at, service) -> {
            if (!services.contains(service)) {
                problems.error(at, "there is no service '" + service + "'");
            }
        });
        Schedule schedule = section.parsed("schedule", Schedule.DAILY, text -> {
            try {
                return Schedule.parse(text);
            } catch (InvalidValueException _) {
                throw new MisfitException(
                        "five fields of cron such as \"17 3 * * *\"", "minute hour day month weekday, in UTC");
            }
        });
        return new RetentionSettings(usual, classes, rules, ofServices, metadata(), schedule, quotas);
    }
}
