// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Says how many megabytes a second are masked; the best of some rounds, because a machine is never alone. */
final class JsonMaskerSpeed {
    private static final int ROUNDS = 400;
    private static final int CONTENTS_A_ROUND = 20;

    private JsonMaskerSpeed() {}

    public static void main(String[] arguments) throws Unmaskable {
        var rules = Masking.of(Masking.redact(
                "password",
                "cvv",
                "ssn",
                "$..secret",
                "token",
                "/0/customer/name",
                "$[*].customer.email",
                "$[*].items[*].owner",
                "/*/card/number",
                "$..billing.street"));
        byte[] content = content(64 << 10);
        measure("names and paths", rules, JsonOptions.PLAIN, ValueScanner.NONE, content);
        measure("and JSON in strings", rules, JsonOptions.NESTED, ValueScanner.NONE, content);
        measure("and a detector that finds nothing", rules, JsonOptions.PLAIN, (_, _, _, _) -> {}, content);
        measure("names and paths in 2 KiB", rules, JsonOptions.NESTED, ValueScanner.NONE, content(2 << 10));
        measure("no rules", Masking.of(), JsonOptions.PLAIN, ValueScanner.NONE, content);
    }

    private static void measure(String what, Masking masking, JsonOptions options, ValueScanner scanner, byte[] content)
            throws Unmaskable {
        JsonSelectors selectors = Masking.compiled(masking.rules());
        var out = new MaskedBytes(2 * content.length);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CONTENTS_A_ROUND; i++) {
                out.cut(0);
                var masker = new JsonMasker(selectors, scanner, Masking.replacer(), new Findings(), out, options);
                masker.feed(content, 0, content.length);
                masker.finish();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf(
                "%-35s %5d MB/s%n", what, (long) content.length * CONTENTS_A_ROUND * 1_000 / Math.max(1, best));
    }

    /** Orders as a shop has them, of that size or a little more. */
    static byte[] content(int size) {
        var random = new Random(1);
        var text = new StringBuilder("[");
        for (int i = 0; text.length() < size; i++) {
            text.append(i == 0 ? "" : ",").append("""
                            {"id":"ord_%016x","createdAt":"2026-01-02T03:04:05Z","status":"paid","amount":%d,
                            "currency":"EUR","customer":{"id":%d,"name":"Ada Lovelace","email":"ada%d@example.com"},
                            "billing":{"street":"12 St James's Square","city":"London","country":"GB"},
                            "items":[{"sku":"A-%d","title":"A book about engines","quantity":2,"price":12.50},
                            {"sku":"B-%d","title":"Zahnr\u00e4der, ein St\u00fcck","quantity":1,"price":3.99}],
                            "card":{"brand":"visa","number":"411111******1111","cvv":"123"},
                            "gift":false,"note":null}""".formatted(
                            random.nextLong(),
                            random.nextInt(100_000),
                            random.nextInt(1_000_000),
                            i,
                            random.nextInt(1_000),
                            random.nextInt(1_000)));
        }
        return text.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }
}
