// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One call as both sides mean it, made by chance: its framing, the case and order of its fields, and bytes of every
 * value.
 *
 * @param target tells it from all others
 * @param requestFields without framing
 * @param responseFields without framing
 */
record RandomExchange(
        String method,
        String target,
        List<List<String>> requestFields,
        Framing requestFraming,
        String requestBody,
        int status,
        List<List<String>> responseFields,
        Framing responseFraming,
        String responseBody) {
    /** Not all: a name that happens to spell jwt or pwd has its value masked. */
    private static final String LETTERS = "BCDFGHLMNQbcdfghlmnq0123456789-";

    enum Framing {
        NONE,
        LENGTH,
        CHUNKED
    }

    RandomExchange {
        requestFields = List.copyOf(requestFields);
        responseFields = List.copyOf(responseFields);
    }

    static RandomExchange of(int number, RandomGenerator random) {
        String method = pick(random, "GET", "HEAD", "POST", "PUT", "PATCH", "odd");
        boolean bodiless = method.equals("GET") || method.equals("HEAD");
        Framing request = bodiless ? Framing.NONE : Framing.values()[random.nextInt(3)];
        int status = Integer.parseInt(pick(random, "200", "200", "200", "201", "404", "500", "204", "304"));
        Framing response = status == 204
                ? Framing.NONE
                : status == 304 || method.equals("HEAD") ? Framing.LENGTH : Framing.values()[1 + random.nextInt(2)];
        return new RandomExchange(
                method,
                "/" + number + "?q=%7E" + number,
                fields(random),
                request,
                request == Framing.NONE ? "" : bytes(random),
                status,
                fields(random),
                response,
                response == Framing.NONE ? "" : bytes(random));
    }

    private static String pick(RandomGenerator random, String... all) {
        return all[random.nextInt(all.length)];
    }

    private static List<List<String>> fields(RandomGenerator random) {
        var fields = new ArrayList<List<String>>();
        for (int left = random.nextInt(12); left > 0; left--) {
            var name = new StringBuilder(pick(random, "X-t", "x-T", "X-R"));
            for (int letters = random.nextInt(10); letters > 0; letters--) {
                name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            fields.add(List.of(name.toString(), value(random)));
            if (random.nextInt(4) == 0) {
                fields.add(List.of(name.toString(), value(random)));
            }
        }
        return fields;
    }

    /**
     * Any bytes that a field value may have (RFC 9110 section 5.5), but not what looks like an address with a password:
     * that is masked.
     */
    private static String value(RandomGenerator random) {
        var value = new StringBuilder();
        for (int left = random.nextInt(30); left > 0; left--) {
            value.append((char) (random.nextBoolean() ? '!' + random.nextInt(94) : 0x80 + random.nextInt(128)));
            if (left > 1 && random.nextInt(6) == 0) {
                value.append(random.nextBoolean() ? ' ' : '\t');
            }
        }
        return value.toString().strip().replace("//", "/_");
    }

    /** A text of words that no detector takes for anything; what is no text is withheld from the record. */
    private static String bytes(RandomGenerator random) {
        int most = random.nextInt(5) == 0 ? 200_000 : 900;
        int length = random.nextInt(5) == 0 ? 0 : random.nextInt(most);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(i % 8 == 7 ? pick(random, " ", "\n", "\r\n", "\t", ", ") : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    String request() {
        return method + " " + target + " HTTP/1.1\r\n" + text(allRequestFields()) + "\r\n"
                + body(requestFraming, requestBody);
    }

    String response() {
        boolean withoutContent = method.equals("HEAD") || status == 304;
        return "HTTP/1.1 " + status + " Odd reason \u00e9\r\n" + text(allResponseFields()) + "\r\n"
                + (withoutContent ? "" : body(responseFraming, responseBody));
    }

    /** The response's content, as its receiver gets it. */
    String responseContent() {
        return method.equals("HEAD") || status == 304 ? "" : responseBody;
    }

    List<List<String>> allRequestFields() {
        var all = new ArrayList<>(requestFields);
        all.addAll(framing(requestFraming, requestBody));
        all.add(List.of("hOST", "a.test"));
        Collections.rotate(all, target.length());
        return all;
    }

    List<List<String>> allResponseFields() {
        var all = new ArrayList<>(responseFields);
        all.addAll(framing(responseFraming, responseBody));
        Collections.rotate(all, target.length());
        return all;
    }

    private static List<List<String>> framing(Framing framing, String body) {
        return switch (framing) {
            case NONE -> List.of();
            case LENGTH -> List.of(List.of("content-LENGTH", Integer.toString(body.length())));
            case CHUNKED -> List.of(List.of("Transfer-encoding", "chunked"));
        };
    }

    private static String body(Framing framing, String body) {
        return framing == Framing.CHUNKED ? Chunks.of(body, 7_000) : body;
    }

    private static String text(List<List<String>> fields) {
        var text = new StringBuilder();
        for (List<String> field : fields) {
            text.append(field.getFirst()).append(": ").append(field.getLast()).append("\r\n");
        }
        return text.toString();
    }
}
