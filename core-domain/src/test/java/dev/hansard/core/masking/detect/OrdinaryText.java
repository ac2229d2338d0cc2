// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/** Texts as services exchange them, without a secret: what looks most like one is in them. */
final class OrdinaryText {
    private static final String[] WORDS = {
        "order", "shipped", "customer", "the", "Blue", "invoice", "of", "total", "retry", "Berlin", "please", "address"
    };

    private final Random random;

    OrdinaryText(Random random) {
        this.random = random;
    }

    /** Orders in JSON, indented as most are or not. */
    String json(int length) {
        var text = new StringBuilder("[");
        while (text.length() < length) {
            text.append("""
                    {"id": "%s", "created_at": "%s", "status": "in_transit", "amount": %s, "count": %d,
                      "customer": {"name": "%s", "locale": "de-DE", "tags": ["a-b", "%s"], "verified": true},
                      "note": "%s %s %s. %s", "etag": "%s", "updated": %d},
                    """.formatted(
                            uuid(),
                            time(),
                            random.nextInt(100_000) / 100.0,
                            random.nextInt(1000),
                            word() + " " + word(),
                            word(),
                            word(),
                            word(),
                            word(),
                            word(),
                            hex(16),
                            millis()));
        }
        return text.toString();
    }

    /** One value that could be taken for a secret by who looks only once. */
    String lookalike() {
        return switch (random.nextInt(12)) {
            case 0 -> uuid();
            case 1 -> time();
            case 2 -> String.valueOf(millis());
            case 3 -> hex(20);
            case 4 -> hex(32);
            case 5 -> String.valueOf(random.nextDouble());
            case 6 -> String.valueOf(1L << 60 | random.nextLong(1L << 59));
            case 7 -> Base64.getEncoder().encodeToString(bytes(10 + random.nextInt(60)));
            case 8 -> "10." + random.nextInt(256) + "." + random.nextInt(256) + ".7:" + random.nextInt(65536);
            case 9 -> "+49 30 " + (10_000_000 + random.nextInt(80_000_000));
            case 10 -> "v" + random.nextInt(20) + "." + random.nextInt(400) + "." + random.nextInt(10_000);
            default -> word() + " " + word() + ", " + word() + "-" + word();
        };
    }

    String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    String uuid() {
        return UUID.nameUUIDFromBytes(bytes(8)).toString();
    }

    String hex(int octets) {
        return HexFormat.of().formatHex(bytes(octets));
    }

    String time() {
        return Instant.ofEpochMilli(millis()).toString();
    }

    private long millis() {
        return 1_500_000_000_000L + random.nextLong(400_000_000_000L);
    }

    byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
