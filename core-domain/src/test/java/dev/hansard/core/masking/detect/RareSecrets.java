// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Made-up secrets in their less common forms, each with what must stand before it to be found. */
final class RareSecrets {
    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final Random random;
    private final PlantedSecrets planted;

    RareSecrets(Random random) {
        this.random = random;
        this.planted = new PlantedSecrets(random);
    }

    /** A secret in a text that says what it is. */
    record Captioned(String caption, String secret) {}

    Captioned of(Detector detector) {
        return switch (detector) {
            case CARD -> pick(new Captioned("", amex()), new Captioned("%B", visa()), new Captioned("PAN=", visa()));
            case JWT -> new Captioned("", planted.of(Detector.JWT) + "." + word(20) + "." + word(22));
            case BEARER -> new Captioned(pick("bearer ", "BEARER  ", "Authorization: Bearer "), bearer());
            case BASIC -> new Captioned(pick("basic ", "Authorization: BASIC "), base64(word(6) + ":" + word(9)));
            case EMAIL -> new Captioned(pick("", "mailto:", "<"), email());
            case IBAN -> new Captioned("", iban());
            case SSN ->
                new Captioned(
                        "",
                        "%03d %02d %04d"
                                .formatted(random.nextInt(1, 600), random.nextInt(1, 99), random.nextInt(1, 9999)));
            case AWS ->
                new Captioned(
                        pick("aws_secret_access_key = ", "\"SecretAccessKey\": \"", "AWS_SECRET_ACCESS_KEY="),
                        word(39) + "7");
            case GITHUB -> new Captioned("", "github" + "_pat_" + word(22) + "_" + word(59));
            case SLACK ->
                new Captioned(
                        "https://hooks.slack" + ".com/services/", "T" + word(10) + "/B" + word(10) + "/" + word(24));
            case STRIPE -> new Captioned("", pick("whsec" + "_", "rk_" + "test_") + word(32));
            case GOOGLE -> new Captioned("key=", "AIza" + word(34) + pick("-", "_", "x"));
            case PEM -> new Captioned("", pem());
        };
    }

    private String visa() {
        String body = "4" + text(DIGITS, 14);
        return body + PlantedSecrets.checkDigit(body);
    }

    /** In the groups in which American Express prints it. */
    private String amex() {
        String body = "37" + text(DIGITS, 12);
        String number = body + PlantedSecrets.checkDigit(body);
        return number.replaceAll("(.{4})(.{6})(.{5})", pick("$1 $2 $3", "$1-$2-$3"));
    }

    private String bearer() {
        return switch (random.nextInt(3)) {
            case 0 ->
                UUID.nameUUIDFromBytes(text(DIGITS, 9).getBytes(StandardCharsets.UTF_8))
                        .toString();
            case 1 -> HexFormat.of().formatHex(word(20).getBytes(StandardCharsets.UTF_8));
            default -> base64(word(random.nextInt(20, 40)));
        };
    }

    private String email() {
        String domain = pick("example.com", "mail.example.co.uk", "b\u00fccher.example", "xn--bcher-kva.example");
        return pick("ada+tag", "j\u00f6rg", "o'neil", "first.last", "x_1%y") + random.nextInt(100) + "@" + domain;
    }

    private String iban() {
        String iban = planted.of(Detector.IBAN).replace(" ", "");
        return pick(iban.toLowerCase(Locale.ROOT), iban.replaceAll("(.{4})(?=.)", "$1-"));
    }

    private String pem() {
        String label = pick("RSA PRIVATE", "EC PRIVATE", "OPENSSH PRIVATE", "ENCRYPTED PRIVATE") + " KEY-----";
        String end = pick("\n", "\r\n", "\\n");
        return "-----BEGIN " + label + end + word(64) + end + word(30) + end + "-----END " + label;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String word(int length) {
        return text(LETTERS + DIGITS, length);
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
