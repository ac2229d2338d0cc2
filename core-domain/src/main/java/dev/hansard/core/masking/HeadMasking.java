// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import java.util.Locale;
import java.util.Set;

/**
 * The masking of heads that is always on and that no configuration can switch off (invariant S4, THREATS 15). It
 * changes the record only. A masked value is {@code ***}; what helps to read the record and is no secret stays:
 *
 * <ul>
 *   <li>{@code Authorization} and its like keep a scheme that is known, {@code Bearer ***}; so does any other field
 *       whose value begins with {@code Basic} or {@code Bearer}
 *   <li>{@code Cookie} and {@code Set-Cookie} keep names and attributes
 *   <li>fields that carry a key, token, secret or password by their name ({@link SecretNames}) keep nothing
 *   <li>every other field keeps all but the secret parameters and the user information of the URLs in it
 *       ({@link SecretsInText})
 * </ul>
 *
 * <p>Masking what is masked changes nothing. No regular expressions: the time is linear in the length.
 */
public final class HeadMasking {
    // The registry of RFC 9110 section 16.4, and what large APIs use. An unknown first word could be the secret itself.
    private static final Set<String> SCHEMES = Set.of(
            "apikey",
            "api-key",
            "aws",
            "aws4-hmac-sha256",
            "aws4-ecdsa-p256-sha256",
            "basic",
            "bearer",
            "bot",
            "concealed",
            "digest",
            "dpop",
            "gnap",
            "googlelogin",
            "hawk",
            "hoba",
            "jwt",
            "key",
            "mac",
            "mutual",
            "negotiate",
            "ntlm",
            "oauth",
            "privatetoken",
            "scram-sha-1",
            "scram-sha-256",
            "sharedkey",
            "sharedkeylite",
            "signature",
            "splunk",
            "token",
            "vapid");

    // Challenges, which begin with a scheme and hold no secret.
    private static final Set<String> CHALLENGES = Set.of("wwwauthenticate", "proxyauthenticate");

    private HeadMasking() {}

    /** Masks a request-target in any of its forms, or a URL. */
    public static Masked<String> maskTarget(String target) {
        return SecretsInText.maskTarget(target);
    }

    /** Masks any text that is no field: its secret {@code key=value} pairs and the user information of its URLs. */
    public static Masked<String> maskText(String text) {
        return SecretsInText.maskValue(text);
    }

    /** Whether the values of a field are hidden for its name alone, so that no rule may show a part of them. */
    public static boolean isAlwaysHidden(String name) {
        String squeezed = SecretNames.squeezed(name);
        return Cookies.isCookie(squeezed) || Cookies.isSetCookie(squeezed) || SecretNames.isSecretHeader(squeezed);
    }

    /** The value of one field as it may be stored. */
    public static String maskedValue(String name, String value) {
        if (value.isEmpty()) {
            return value;
        }
        String squeezed = SecretNames.squeezed(name);
        if (Cookies.isCookie(squeezed)) {
            return Cookies.maskCookie(value, Cookies.Parts.HIDDEN);
        }
        if (Cookies.isSetCookie(squeezed)) {
            return Cookies.maskSetCookie(value, Cookies.Parts.HIDDEN);
        }
        if (SecretNames.isSecretHeader(squeezed)) {
            return withoutCredentials(value);
        }
        boolean credentials = startsWithWord(value, "bearer") || startsWithWord(value, "basic");
        if (credentials && !CHALLENGES.contains(squeezed)) {
            return withoutCredentials(value);
        }
        return SecretsInText.maskValue(value).value();
    }

    private static boolean startsWithWord(String value, String word) {
        return value.length() > word.length()
                && value.regionMatches(true, 0, word, 0, word.length())
                && isBlank(value.charAt(word.length()));
    }

    private static String withoutCredentials(String value) {
        int end = 0;
        while (end < value.length() && !isBlank(value.charAt(end))) {
            end++;
        }
        boolean known =
                end < value.length() && SCHEMES.contains(value.substring(0, end).toLowerCase(Locale.ROOT));
        return known ? value.substring(0, end) + " " + SecretsInText.MASK : SecretsInText.MASK;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
