// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.SelectorCheck;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One way to mask, for tests to run on contents. */
record Masking(List<MaskRule> rules, ValueScanner scanner, JsonOptions options, boolean lines) {
    private static final TokenKey KEY = TokenKey.of(Secret.of("a key for tests"), new ServiceName("payments"));

    static Masking of(MaskRule... rules) {
        return new Masking(List.of(rules), ValueScanner.NONE, JsonOptions.PLAIN, false);
    }

    static MaskRule rule(String name, MaskAction action, String... selectors) {
        return MaskRule.of(name, action).json(List.of(selectors)).build();
    }

    static MaskRule redact(String... selectors) {
        return rule("redact", new MaskAction.Redact(), selectors);
    }

    static Replacer replacer() {
        return new Replacer(KEY);
    }

    static JsonSelectors compiled(List<MaskRule> rules) {
        return switch (JsonSelectors.compile(rules)) {
            case SelectorCheck.Sound(var selectors) -> selectors;
            case SelectorCheck.Faulty(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    Masking detecting() {
        return new Masking(rules, new StubScanner(), options, lines);
    }

    Masking nested() {
        return new Masking(rules, scanner, JsonOptions.NESTED, lines);
    }

    Masking byLine() {
        return new Masking(rules, scanner, options, true);
    }

    ContentMasker masker(MaskedBytes out, Findings findings) {
        JsonSelectors selectors = compiled(rules);
        return lines
                ? new NdjsonMasker(selectors, scanner, replacer(), findings, out, options)
                : new JsonMasker(selectors, scanner, replacer(), findings, out, options);
    }

    /** In pieces of one size. */
    byte[] mask(byte[] content, int size) throws Unmaskable {
        var out = new MaskedBytes(0);
        ContentMasker masker = masker(out, new Findings());
        for (int at = 0; at < content.length; at += size) {
            masker.feed(content, at, Math.min(size, content.length - at));
        }
        masker.finish();
        return out.toArray();
    }

    /** In pieces of any size, each in an array that is spoilt afterwards. */
    byte[] mask(byte[] content, Random random) throws Unmaskable {
        var out = new MaskedBytes(0);
        ContentMasker masker = masker(out, new Findings());
        for (int at = 0; at < content.length; ) {
            int size = Math.min(content.length - at, random.nextInt(1, 20));
            int offset = random.nextInt(3);
            var piece = new byte[offset + size + random.nextInt(3)];
            System.arraycopy(content, at, piece, offset, size);
            masker.feed(piece, offset, size);
            random.nextBytes(piece);
            at += size;
        }
        masker.finish();
        return out.toArray();
    }

    String mask(String content) throws Unmaskable {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new String(mask(bytes, Math.max(1, bytes.length)), StandardCharsets.UTF_8);
    }

    Findings findings(String content) throws Unmaskable {
        var findings = new Findings();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        ContentMasker masker = masker(new MaskedBytes(0), findings);
        masker.feed(bytes, 0, bytes.length);
        masker.finish();
        return findings;
    }

    /** Null where it can be masked. */
    Unmaskable.@Nullable Reason refusal(byte[] content) {
        try {
            mask(content, Math.max(1, content.length));
            return null;
        } catch (Unmaskable e) {
            return e.reason();
        }
    }

    /** A selector as tests think of it. */
    record Path(String rule, MaskAction action, List<Step> steps, boolean pointer) {
        Treatment treatment() {
            return new Treatment(rule, action);
        }

        /** As it is written in a rule: a pointer where that can say it. */
        String text() {
            boolean says = steps.stream().noneMatch(step -> step.descend() || step.index() >= 0)
                    && steps.stream().noneMatch(step -> step.name().matches("[0-9*]+"));
            if (pointer && says) {
                return steps.stream()
                        .map(step -> "/"
                                + (step.any()
                                        ? "*"
                                        : step.name().replace("~", "~0").replace("/", "~1")))
                        .collect(Collectors.joining());
            }
            return "$" + steps.stream().map(Step::text).collect(Collectors.joining());
        }

        MaskRule toRule() {
            return Masking.rule(rule, action, text());
        }
    }

    record Step(boolean descend, boolean any, String name, int index) {
        static Step any(boolean descend) {
            return new Step(descend, true, "", -1);
        }

        static Step name(boolean descend, String name) {
            return new Step(descend, false, name, -1);
        }

        static Step index(boolean descend, int index) {
            return new Step(descend, false, "", index);
        }

        boolean takes(Object child) {
            return any
                    || switch (child) {
                        case Integer at -> index == at;
                        default -> index < 0 && NameRules.folded(name).equals(child);
                    };
        }

        private String text() {
            String dots = descend ? ".." : "";
            if (any) {
                return descend ? "..*" : "[*]";
            }
            return dots + "[" + (index >= 0 ? index : "'" + name + "'") + "]";
        }
    }
}
