// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Made-up secrets of each form that can be told from its letters. */
public final class PlantedSecrets {
    private static final String DIGITS = "0123456789";
    private static final String UPPER = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String MIXED = UPPER + "abcdefghijklmnopqrstuvwxyz";
    private static final String[] ISSUERS = {
        "4/16", "4/13", "4/19", "51/16", "55/16", "2221/16", "2720/16", "34/15", "37/15", "6011/16", "65/16", "3530/16",
        "36/14", "300/14", "62/16", "62/19", "6759/16", "5018/13"
    };
    private static final String[] ACCOUNTS = {"DE/18", "GB/18", "FR/23", "NO/11", "LC/28", "PL/24", "CH/17"};

    private static final List<Detector> DETECTORS = List.of(Detector.values());

    private final Random random;

    public PlantedSecrets(Random random) {
        this.random = random;
    }

    /**
     * A secret for others than the tests of detectors.
     *
     * @param detector the name of the one that finds it
     * @param text with what must stand before it
     */
    public record Planted(String detector, String text, String value) {}

    public Planted next() {
        Detector detector = detector();
        String value = of(detector);
        return new Planted(detector.word(), caption(detector) + value, value);
    }

    Detector detector() {
        return DETECTORS.get(random.nextInt(DETECTORS.size()));
    }

    String of(Detector detector) {
        return switch (detector) {
            case CARD -> card();
            case JWT -> jwt();
            case BEARER -> text(MIXED, 12 + random.nextInt(40)) + "7";
            case BASIC -> base64(text(MIXED, 1 + random.nextInt(20)) + ":" + text(MIXED, random.nextInt(30)), false);
            case EMAIL -> email();
            case IBAN -> iban();
            case SSN ->
                "%03d-%02d-%04d".formatted(1 + random.nextInt(600), 1 + random.nextInt(99), 1 + random.nextInt(9999));
            case AWS -> pick("AKIA", "ASIA") + text(UPPER, 16);
            case GITHUB -> pick("ghp_", "gho_", "ghu_", "ghs_", "ghr_") + text(MIXED, 36);
            case SLACK -> pick("xoxb-", "xoxp-", "xapp-") + "1-" + text(MIXED, 30);
            case STRIPE -> pick("sk_" + "live_", "rk_" + "live_", "sk_" + "test_", "whsec_") + text(MIXED, 24);
            case GOOGLE -> pick("AIza" + text(MIXED, 35), "GOCSPX-" + text(MIXED, 28), "ya29." + text(MIXED, 40));
            case PEM -> "-----BEGIN PRIVATE" + " KEY-----\n" + text(MIXED, 64) + "\n-----END PRIVATE" + " KEY-----";
        };
    }

    /** What must stand before it to be found. */
    static String caption(Detector detector) {
        return switch (detector) {
            case BEARER -> "Bearer ";
            case BASIC -> "Basic ";
            default -> "";
        };
    }

    private String card() {
        String[] issuer = pick(ISSUERS).split("/", 2);
        int length = Integer.parseInt(issuer[1]);
        String body = issuer[0] + text(DIGITS, length - 1 - issuer[0].length());
        String number = body + checkDigit(body);
        String separator = pick("", "", " ", "-", ".", "\u00a0");
        return separator.isEmpty() ? number : number.replaceAll("(.{4})(?=.)", "$1" + separator);
    }

    /** The long way round: digit by digit from the right, as ISO/IEC 7812 describes it. */
    static int checkDigit(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? 2 * digit : digit;
            sum += weighted / 10 + weighted % 10;
        }
        return (10 - sum % 10) % 10;
    }

    private String iban() {
        String[] account = pick(ACCOUNTS).split("/", 2);
        String rest = text(UPPER, Integer.parseInt(account[1]));
        var digits = new StringBuilder();
        (rest + account[0] + "00").chars().forEach(c -> digits.append(Character.digit(c, 36)));
        int check = 98
                - new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue();
        String number = account[0] + "%02d".formatted(check) + rest;
        return random.nextBoolean() ? number : number.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private String jwt() {
        String head = "{\"alg\":\"" + pick("HS256", "RS256", "none") + "\",\"kid\":\"" + text(MIXED, random.nextInt(9))
                + "\"}";
        String claims = "{\"sub\":\"" + text(MIXED, random.nextInt(40)) + "\"}";
        return base64(head, true) + "." + base64(claims, true) + "." + text(MIXED, 43);
    }

    private String email() {
        String local = text("abcdefghijk", 1) + text("abcdefghijk0123456789._+-", random.nextInt(12)) + "z";
        String domain = text("abcdefghijk", 1 + random.nextInt(9)) + pick("", "-x", ".mail", ".x1");
        return local.replaceAll("\\.{2,}", ".") + "@" + domain + "." + pick("com", "de", "co.uk", "museum");
    }

    private static String base64(String text, boolean url) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return url
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(octets)
                : Base64.getEncoder().encodeToString(octets);
    }

    private String text(String alphabet, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
