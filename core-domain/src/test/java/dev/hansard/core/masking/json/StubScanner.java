// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows cards, keys and a word beyond ASCII by regular expressions, and does something else to each. */
final class StubScanner implements ValueScanner {
    static final Treatment CARD = new Treatment("card", new MaskAction.KeepLast(4));
    static final Treatment KEY = new Treatment("key", new MaskAction.Token());
    static final Treatment WORD = new Treatment("word", new MaskAction.Drop());

    private static final Pattern PATTERN = Pattern.compile(
            "(?<card>(?<![0-9])[0-9]{4}([- ]?[0-9]{4}){3}(?![0-9]))|(?<key>sk_[a-z0-9]{8,})|(?<word>ключ)");

    @Override
    public void scan(byte[] bytes, int from, int to, Hits hits) {
        var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        int chars = 0;
        int at = from;
        for (Matcher matcher = PATTERN.matcher(text); matcher.find(); ) {
            int start = at + length(text, chars, matcher.start());
            int end = start + length(text, matcher.start(), matcher.end());
            hits.hit(start, end, treatment(matcher));
            at = end;
            chars = matcher.end();
        }
    }

    private static int length(String text, int from, int to) {
        return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
    }

    private static Treatment treatment(Matcher matcher) {
        return matcher.group("card") != null ? CARD : matcher.group("key") != null ? KEY : WORD;
    }
}
