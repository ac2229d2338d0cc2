// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/** Contents as services exchange them. */
final class Texts {
    private Texts() {}

    /** Orders of a shop, of that size or a little less: a whole JSON text, with values that rules select by name. */
    static byte[] orders(int size) {
        var random = new Random(1);
        var text = new StringBuilder("[");
        while (true) {
            String order = order(random);
            if (text.length() > 1 && text.length() + order.length() + 2 > size) {
                return text.append(']').toString().getBytes(StandardCharsets.UTF_8);
            }
            text.append(text.length() > 1 ? "," : "").append(order);
        }
    }

    private static String order(Random random) {
        return """
                {"id":"ord_%016x","createdAt":"2026-01-02T03:04:05Z","status":"paid","amount":%d,
                "currency":"EUR","customer":{"id":%d,"name":"Ada Lovelace","locale":"en-GB","tags":["a-b","new"]},
                "billing":{"street":"12 St James's Square","city":"London","country":"GB"},
                "items":[{"sku":"A-%d","title":"A book about engines","quantity":2,"price":12.50},
                {"sku":"B-%d","title":"Zahnr\u00e4der, ein St\u00fcck","quantity":1,"price":3.99}],
                "trace":"%s","card":{"brand":"visa","cvv":"123"},"gift":false,"note":null}""".formatted(
                        random.nextLong(),
                        random.nextInt(100_000),
                        random.nextInt(1_000_000),
                        random.nextInt(1_000),
                        random.nextInt(1_000),
                        new UUID(random.nextLong(), random.nextLong()));
    }
}
