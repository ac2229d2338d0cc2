// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Texts that are nearly the secrets of a detector and are none. */
final class NearMisses {
    private static final String DIGITS = "0123456789";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String WORD = DIGITS + LOWER + UPPER;

    private final Random random;
    private final PlantedSecrets secrets;

    NearMisses(Random random) {
        this.random = random;
        this.secrets = new PlantedSecrets(random);
    }

    String of(Detector detector) {
        return switch (detector) {
            case CARD -> card();
            case JWT -> jwt();
            case BEARER -> bearer();
            case BASIC -> basic();
            case EMAIL -> email();
            case IBAN -> iban();
            case SSN -> ssn();
            case AWS -> aws();
            case GITHUB -> github();
            case SLACK -> slack();
            case STRIPE -> stripe();
            case GOOGLE -> google();
            case PEM -> pem();
        };
    }

    private String card() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> wrongCheckDigit();
            case 2 -> withCheckDigit(pick("1", "9", "81", "7") + text(DIGITS, 14));
            case 3 -> withCheckDigit("4" + text(DIGITS, 10));
            case 4 -> "0." + withCheckDigit("4" + text(DIGITS, 14));
            case 5 -> "+" + withCheckDigit("4" + text(DIGITS, 14));
            case 6 -> pick("a", "f") + withCheckDigit("4" + text(DIGITS, 14)) + pick("c", "e0");
            case 7 -> text("0123456789abcdef", 40);
            case 8 -> withCheckDigit("4" + text(DIGITS, 14)).replaceAll("(.{5})(.{3})(.{4})(.{4})", "$1 $2 $3 $4");
            // One in ten of these passes Luhn, and some of them are issued.
            default -> text(DIGITS, 16);
        };
    }

    private String wrongCheckDigit() {
        String right = withCheckDigit(pick("4", "51", "2221", "6011") + text(DIGITS, 14))
                .substring(0, 16);
        String body = right.substring(0, 15);
        int wrong = (PlantedSecrets.checkDigit(body) + random.nextInt(1, 10)) % 10;
        return (body + wrong).replaceAll("(.{4})(?=.)", "$1" + pick("", " ", "-"));
    }

    private static String withCheckDigit(String body) {
        return body + PlantedSecrets.checkDigit(body);
    }

    private String jwt() {
        String head = base64("{\"alg\":\"HS256\"}");
        return switch (random.nextInt(6)) {
            case 0 -> head + text(WORD, 40);
            case 1 -> head + "." + text(WORD, 40);
            case 2 -> text(LOWER, 20) + "." + text(WORD, 40) + "." + text(WORD, 43);
            case 3 -> "eyJ" + text(WORD, 20) + "@." + text(WORD, 9);
            case 4 -> base64("{\"next\":[1,2]") + "." + text(LOWER, 5) + "." + text(LOWER, 5);
            default -> "com." + text(LOWER, 8) + "." + text(LOWER, 8) + ".Eye" + text(LOWER, 6);
        };
    }

    private String bearer() {
        return switch (random.nextInt(8)) {
            case 0 -> "bearer of " + text(LOWER, 9);
            case 1 -> "Bearer authentication" + pick("", ".", ",") + " is " + text(LOWER, 8);
            case 2 -> "WWW-Authenticate: Bearer realm=\"" + text(LOWER, 9) + "\", scope=\"read\"";
            case 3 -> "Bearer error=\"invalid_token\"";
            case 4 -> "Bearer " + pick("<token>", "$TOKEN", "{token}", "***", "[t:0011aabb:x]", "...", "YOUR_TOKEN");
            case 5 -> "standard-bearer " + text(LOWER, 12);
            case 6 -> "forbearer " + text(WORD, 30);
            default -> "the Bearer token-" + pick("endpoint", "introspection", "type") + " is set";
        };
    }

    private String basic() {
        return switch (random.nextInt(6)) {
            case 0 -> "Basic authentication";
            case 1 -> "basic " + text(LOWER, 10);
            case 2 -> "Basic realm=\"" + text(LOWER, 9) + "\", charset=\"UTF-8\"";
            case 3 -> "Basic " + base64(text(LOWER, 12));
            case 4 -> "Basic " + text(WORD, 24);
            default -> "BASIC 10 PRINT " + text(UPPER, 9);
        };
    }

    private String email() {
        return switch (random.nextInt(10)) {
            case 0 -> "@" + text(LOWER, 9);
            case 1 -> text(LOWER, 6) + "@localhost";
            case 2 -> text(LOWER, 6) + "@" + pick("2x.png", "3x.jpeg");
            case 3 -> "@" + text(LOWER, 5) + "/" + text(LOWER, 5) + "@1.2." + random.nextInt(100);
            case 4 -> text(LOWER, 6) + "@10.0.0." + random.nextInt(256);
            case 5 -> "java.lang.Object@" + text("0123456789abcdef", 8);
            case 6 -> text(LOWER, 5) + " @ " + text(LOWER, 5) + ".com";
            case 7 -> text(LOWER, 5) + "@" + text(LOWER, 6) + "." + pick("c", "1", "c0m");
            case 8 -> "image@sha256:" + text("0123456789abcdef", 64);
            default -> text(LOWER, 5) + ".@" + text(LOWER, 5) + ".com";
        };
    }

    private String iban() {
        String right = secrets.of(Detector.IBAN).replace(" ", "");
        return switch (random.nextInt(5)) {
            case 0 -> right.substring(0, right.length() - 1);
            case 1 -> right + "7";
            case 2 -> "XX" + right.substring(2);
            case 3 -> right.substring(0, 2) + (right.startsWith("00", 2) ? "55" : "00") + right.substring(4);
            // One in 97 of these is right.
            default -> pick("DE", "AT") + text(DIGITS, 20).substring(0, 20);
        };
    }

    private String ssn() {
        String four = "%04d".formatted(random.nextInt(1, 9999));
        return switch (random.nextInt(9)) {
            case 0 -> pick("000", "666", "900", "987") + "-12-" + four;
            case 1 -> "123-00-" + four;
            case 2 -> "123-45-0000";
            case 3 -> "123-456-" + four;
            case 4 -> "2024-01-" + four;
            case 5 -> "1123-45-" + four;
            case 6 -> "123.45." + four;
            case 7 -> "123-45 " + four;
            default -> "123-45-" + four + "-" + four;
        };
    }

    private String aws() {
        return switch (random.nextInt(7)) {
            case 0 -> "AKIA" + text(UPPER, 15);
            case 1 -> "AKIA" + text(UPPER, 17);
            case 2 -> "AKIA" + text(LOWER, 16);
            case 3 -> pick("AIDA", "AROA", "ANPA") + text(UPPER, 16);
            case 4 -> text("0123456789abcdef", 40);
            case 5 -> "secret_access_key = " + text(WORD, pick(39, 41));
            default -> "sha1 = " + text("0123456789abcdef", 40);
        };
    }

    private String github() {
        return switch (random.nextInt(5)) {
            case 0 -> "ghp_" + text(WORD, 35);
            case 1 -> "ghx_" + text(WORD, 36);
            case 2 -> text(LOWER, 3) + "ghp_" + text(WORD, 36);
            case 3 -> "github" + "_pat_" + text(WORD, 58);
            default -> "ghs_" + text(LOWER, 10) + " " + text(WORD, 36);
        };
    }

    private String slack() {
        return switch (random.nextInt(5)) {
            case 0 -> "xoxb-" + text(DIGITS, 9);
            case 1 -> "xoxb-" + text(LOWER, 30);
            case 2 -> "xoxz-" + text(WORD, 30);
            case 3 -> text(LOWER, 3) + "xoxb-" + text(WORD, 30);
            default -> "https://hooks.slack" + ".com/services/" + text(WORD, 9);
        };
    }

    private String stripe() {
        return switch (random.nextInt(6)) {
            case 0 -> pick("pk_" + "live_", "pk_" + "test_") + text(WORD, 24);
            case 1 -> "sk_" + "live_" + text(WORD, 9);
            case 2 -> "sk_" + "prod_" + text(WORD, 24);
            case 3 -> "ta" + "sk_" + "live_" + text(WORD, 24);
            case 4 -> "whsec" + "_" + text(WORD, 23);
            default -> "risk_" + text(LOWER, 4) + "_" + text(WORD, 24);
        };
    }

    private String google() {
        return switch (random.nextInt(5)) {
            case 0 -> "AIza" + text(WORD, pick(34, 36));
            case 1 -> "GOCSPX-" + text(WORD, 27);
            case 2 -> "ya29." + text(WORD, 19);
            case 3 -> text(LOWER, 3) + "AIza" + text(WORD, 35);
            default -> "AIzA" + text(WORD, 35);
        };
    }

    private String pem() {
        String kind = pick("CERTIFICATE", "PUBLIC KEY", "CERTIFICATE REQUEST", "PGP PUBLIC KEY BLOCK");
        return switch (random.nextInt(4)) {
            case 0, 1 -> "-----BEGIN " + kind + "-----\n" + text(WORD, 64) + "\n-----END " + kind + "-----";
            case 2 -> "---- BEGIN PRIVATE KEY ----\n" + text(WORD, 64);
            default -> "the PRIVATE KEY----- is kept elsewhere";
        };
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String alphabet, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
