// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.format.JsonMaskers;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.format.WholeContent;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks contents by a few rules: {@code pin} is redacted, {@code iban} is a token, {@code card} keeps four, and
 * twelve {@code 7} in a row are found wherever they stand. JSON is understood only as far as these tests need it.
 */
public final class ContentMaskingFixture {
    public static final String PLANTED = "777777777777";

    private static final MaskRule PIN = rule("pins", new MaskAction.Redact(), "pin");
    private static final MaskRule IBAN = rule("ibans", new MaskAction.Token(), "iban");
    private static final MaskRule CARD = rule("cards", new MaskAction.KeepLast(4), "card");
    public static final List<MaskRule> RULES = List.of(PIN, IBAN, CARD);
    private static final Treatment SEVENS = new Treatment("sevens", new MaskAction.Type("sevens"));
    private static final TokenKey KEY = TokenKey.of(Secret.of("a key for tests"), new ServiceName("payments"));

    private final Findings findings = new Findings();
    private final ValueMasking values = new ValueMasking(
            ContentMaskingFixture::scan,
            NameRules.of(RULES, MaskRule::form),
            new Replacer(KEY),
            findings,
            TimeLimit.none());
    private final ContentMasking contents = new ContentMasking(
            NameRules.of(RULES, MaskRule::form), NameRules.of(RULES, MaskRule::xml), new Json(values), values);

    private static MaskRule rule(String name, MaskAction action, String field) {
        List<String> names = List.of(field);
        return MaskRule.of(name, action).form(names).query(names).xml(names).build();
    }

    private static void scan(byte[] bytes, int from, int to, ValueScanner.Hits hits) {
        var text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        Matcher matcher = Pattern.compile("7{12}").matcher(text);
        while (matcher.find()) {
            hits.hit(from + matcher.start(), from + matcher.end(), SEVENS);
        }
    }

    public Findings findings() {
        return findings;
    }

    public ValueMasking values() {
        return values;
    }

    public ContentMasking contents() {
        return contents;
    }

    public byte[] mask(byte[] content, String contentType) throws Unmaskable {
        var out = new MaskedBytes(0);
        contents.mask(content, 0, content.length, MediaType.parse(contentType), 0, out);
        return out.toArray();
    }

    /** Text in, text out, in UTF-8; what cannot be masked gives its reason. */
    public static String masked(String content, String contentType) {
        return masked(content.getBytes(StandardCharsets.UTF_8), contentType);
    }

    public static String masked(byte[] content, String contentType) {
        try {
            return new String(new ContentMaskingFixture().mask(content, contentType), StandardCharsets.UTF_8);
        } catch (Unmaskable e) {
            return e.reason().name();
        }
    }

    /** Stands in for the masker of JSON: strict enough to refuse what is cut off or not JSON at all. */
    private record Json(ValueMasking values) implements JsonMaskers {
        private static final Pattern PINS = Pattern.compile("\"(?:p|\\\\u0070)in\"\\s*:\\s*(\"[^\"]*\"|[0-9]+)");

        @Override
        public ContentMasker text(MaskedBytes out) {
            return masker(out, false);
        }

        @Override
        public ContentMasker lines(MaskedBytes out) {
            return masker(out, true);
        }

        private ContentMasker masker(MaskedBytes out, boolean lines) {
            return new WholeContent() {
                @Override
                public void mask(byte[] bytes, int from, int to) throws Unmaskable {
                    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                    String[] texts = lines ? text.strip().split("\n") : new String[] {text};
                    for (String one : texts) {
                        check(one.strip());
                    }
                    out.add(masked(text).getBytes(StandardCharsets.UTF_8));
                }
            };
        }

        private String masked(String text) {
            Matcher matcher = PINS.matcher(text);
            var masked = new StringBuilder();
            while (matcher.find()) {
                if (!matcher.group(1).equals("\"***\"")) {
                    values.findings().add("pins", "/pin");
                }
                String name = matcher.group().substring(0, matcher.start(1) - matcher.start());
                matcher.appendReplacement(masked, Matcher.quoteReplacement(name + "\"***\""));
            }
            return matcher.appendTail(masked).toString().replace(PLANTED, "[sevens]");
        }

        private static void check(String text) throws Unmaskable {
            int depth = 0;
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                quoted ^= c == '"' && (i == 0 || text.charAt(i - 1) != '\\');
                depth += quoted ? 0 : ("{[".indexOf(c) >= 0 ? 1 : 0) - ("}]".indexOf(c) >= 0 ? 1 : 0);
                if (depth < 0 || (depth == 0 && i + 1 < text.length() && text.startsWith("{"))) {
                    throw new Unmaskable(Reason.SYNTAX, "not JSON");
                }
            }
            if (text.matches("(?s)\\{\\s*[^\"}\\s].*")) {
                throw new Unmaskable(Reason.SYNTAX, "not JSON");
            }
            if (depth != 0 || quoted || text.isEmpty() || "{[\"-0123456789tfn".indexOf(text.charAt(0)) < 0) {
                throw new Unmaskable(depth > 0 ? Reason.INCOMPLETE : Reason.SYNTAX, "not JSON");
            }
        }
    }
}
