// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one rule. */
final class RuleReader {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SELECTOR = 1_000;
    // RFC 9110 section 5.6.2; the names of cookies are tokens too (RFC 6265 section 4.1.1).
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1," + LONGEST_NAME + "}";
    private static final Pattern FIELD_NAME = Pattern.compile(TOKEN);
    private static final Pattern MEDIA_RANGE = Pattern.compile(TOKEN + "/" + TOKEN);

    private static final Map<String, Function<String, String>> PARSERS = Map.of(
            "json",
            text -> Names.word(text, LONGEST_SELECTOR),
            "form",
            text -> Names.word(text, LONGEST_NAME),
            "query",
            text -> Names.word(text, LONGEST_NAME),
            "headers",
            text -> token(text, "the name of a header, such as x-customer"),
            "cookies",
            text -> token(text, "the name of a cookie"),
            "xml",
            RuleReader::localName,
            "detect",
            text -> Names.word(text, LONGEST_NAME),
            MaskingKeys.REGEX,
            text -> text,
            MaskingKeys.ANCHOR,
            text -> text,
            MaskingKeys.CONTENT_TYPES,
            RuleReader::mediaRange);

    private final Problems problems;
    private final RuleChecks checks;

    RuleReader(Problems problems, RuleChecks checks) {
        this.problems = problems;
        this.checks = checks;
    }

    /** The rule of an entry; null when there is too little of one to go on with. */
    @Nullable
    WrittenRule read(Entry entry, String path) {
        if (!(entry.value() instanceof Mapping)) {
            problems.error(
                    entry.value().at(),
                    path + " must be a mapping, but is " + entry.value().kind(),
                    "write what it selects and what it does: { json: [name], action: redact }");
            return null;
        }
        int before = problems.errors();
        Section section = Section.open(entry.value(), path, MaskingKeys.RULE, problems);
        Map<String, List<Element>> parts = new HashMap<>();
        PARSERS.forEach((key, parser) -> parts.put(key, Element.under(section, key, parser)));
        refuseLists(section, MaskingKeys.REGEX, parts);
        refuseLists(section, MaskingKeys.ANCHOR, parts);
        selectsSomething(section, problems.errors() > before);
        MaskAction action = new ActionReader(section, entry.key()).read(Element.texts(part(parts, "detect")));
        var rule = new WrittenRule(rule(entry.key(), action, parts), entry.at(), true, parts);
        checks.check(rule);
        return problems.errors() == before ? rule : rule.unsound();
    }

    private static MaskRule rule(String name, MaskAction action, Map<String, List<Element>> parts) {
        List<Element> regex = part(parts, MaskingKeys.REGEX);
        List<Element> anchor = part(parts, MaskingKeys.ANCHOR);
        UserPattern pattern = regex.isEmpty()
                ? null
                : new UserPattern(
                        regex.getFirst().text(),
                        anchor.isEmpty() ? "" : anchor.getFirst().text());
        return MaskRule.of(name, action)
                .json(Element.texts(part(parts, "json")))
                .form(Element.texts(part(parts, "form")))
                .query(Element.texts(part(parts, "query")))
                .headers(Element.texts(part(parts, "headers")))
                .cookies(Element.texts(part(parts, "cookies")))
                .xml(Element.texts(part(parts, "xml")))
                .detect(Element.texts(part(parts, "detect")))
                .pattern(pattern)
                .contentTypes(Element.texts(part(parts, MaskingKeys.CONTENT_TYPES)))
                .build();
    }

    private static List<Element> part(Map<String, List<Element>> parts, String key) {
        return parts.getOrDefault(key, List.of());
    }

    private void refuseLists(Section section, String key, Map<String, List<Element>> parts) {
        if (section.find(key) instanceof Sequence list) {
            problems.error(list.at(), section.child(key) + " must be text, but is a list", "write a rule for each");
            parts.put(key, List.of());
        }
    }

    // A key or value that is wrong may have been meant as its selector: that is said already.
    private void selectsSomething(Section section, boolean isWrong) {
        boolean selects = MaskingKeys.SELECTORS.stream()
                .anyMatch(key -> section.has(key)
                        && !(section.find(key) instanceof Sequence list
                                && list.items().isEmpty()));
        if (!selects && !isWrong) {
            problems.error(
                    section.at(),
                    section.path() + " selects nothing",
                    "write one of " + String.join(", ", MaskingKeys.SELECTORS));
        }
        if (section.has(MaskingKeys.ANCHOR) && !section.has(MaskingKeys.REGEX)) {
            problems.error(
                    section.placeOf(MaskingKeys.ANCHOR),
                    section.child(MaskingKeys.ANCHOR) + " is set, but there is no regex",
                    "add the regex whose matches hold it, or remove it");
        }
    }

    private static String token(String text, String expected) {
        if (!FIELD_NAME.matcher(text).matches()) {
            throw new MisfitException(expected);
        }
        return text;
    }

    private static String localName(String text) {
        if (text.indexOf(':') >= 0) {
            throw new MisfitException("a local name", "leave out the prefix and the colon: it selects in all of them");
        }
        return Names.word(text, LONGEST_NAME);
    }

    private static String mediaRange(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean typed = lower.equals("*/*") || !lower.startsWith("*");
        boolean wild = lower.indexOf('*') >= 0 && !lower.endsWith("/*");
        if (!MEDIA_RANGE.matcher(lower).matches() || !typed || wild) {
            throw new MisfitException("a media range such as application/json or text/*", "no parameters");
        }
        return lower;
    }
}
