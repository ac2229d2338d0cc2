// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that apply to every service unless the configuration switches them off: credentials and card data by the
 * names that they usually have, and card numbers wherever they stand. They come after the rules of the configuration,
 * so that a user's rule for the same name wins.
 */
public final class BuiltInRules {
    /** What their names begin with; the names of users' rules hold no colon. */
    public static final String PREFIX = "default:";

    private static final int TELLING_DIGITS = 4;

    // As words: how they are joined differs from one API to the next.
    private static final List<String> CREDENTIALS = List.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "passcode",
            "old password",
            "new password",
            "current password",
            "confirm password",
            "password confirmation",
            "secret",
            "secret key",
            "client secret",
            "client assertion",
            "assertion",
            "api key",
            "api secret",
            "api token",
            "access key",
            "secret access key",
            "access token",
            "refresh token",
            "id token",
            "auth token",
            "bearer token",
            "session token",
            "csrf token",
            "token",
            "jwt",
            "authorization",
            "private key",
            "signing key",
            "encryption key",
            "shared secret",
            "webhook secret",
            "credentials",
            "otp",
            "totp",
            "mfa code",
            "otp code",
            "recovery code",
            "code verifier",
            "saml response",
            "pin",
            "pin code");

    private static final List<String> CARD_CHECKS = List.of(
            "cvv", "cvv2", "cvc", "cvc2", "cvn", "csc", "card cvv", "card cvc", "card security code", "security code");

    private static final List<String> CARD_NUMBERS = List.of(
            "card number",
            "card no",
            "card num",
            "credit card",
            "credit card number",
            "debit card number",
            "cc number",
            "cc num",
            "ccnum",
            "pan",
            "primary account number");

    private static final List<MaskRule> RULES = List.of(
            named("credentials", new MaskAction.Redact(), CREDENTIALS),
            named("card-check", new MaskAction.Redact(), CARD_CHECKS),
            named("card-number", new MaskAction.KeepLast(TELLING_DIGITS), CARD_NUMBERS),
            MaskRule.of(PREFIX + "card", new MaskAction.KeepLast(TELLING_DIGITS))
                    .detect(List.of("card"))
                    .build());

    private BuiltInRules() {}

    public static List<MaskRule> rules() {
        return RULES;
    }

    /**
     * The rule for fields that hold proof of who calls, as identity providers name them; none where they name none. No
     * configuration switches it off.
     */
    public static List<MaskRule> ofCredentials(List<String> fields) {
        return fields.isEmpty()
                ? List.of()
                : List.of(MaskRule.of(PREFIX + "identity", new MaskAction.Redact())
                        .headers(fields)
                        .build());
    }

    // Cookies are hidden whatever their names are.
    private static MaskRule named(String name, MaskAction action, List<String> words) {
        List<String> names =
                words.stream().flatMap(BuiltInRules::spellings).distinct().toList();
        return MaskRule.of(PREFIX + name, action)
                .json(names)
                .form(names)
                .query(names)
                .xml(names)
                .build();
    }

    // Case is folded where names are compared: accessToken is accesstoken.
    private static Stream<String> spellings(String words) {
        return Stream.of("", "_", "-").map(between -> words.replace(" ", between));
    }
}
