// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import java.util.List;
import java.util.Set;

/**
 * The names whose values are secrets wherever they stand. They are compared by letters and digits alone, in lower
 * case, so that {@code X-API-Key}, {@code x_api_key} and {@code xApiKey} are one, and {@code user[password]} is a
 * password.
 *
 * <p>A name is secret when it holds a word that only secrets have ({@link #TELLING}), when it ends in {@code token} -
 * the plural counts something, such as {@code max_tokens} - or when it stands in one of the lists. Tokens that only
 * say where a list goes on are left readable. {@code code}, an OAuth authorisation code or the code of a country, is
 * secret from {@link #SHORTEST_CODE} characters on.
 */
public final class SecretNames {
    /** An authorisation code shorter than this could be guessed (RFC 6749 section 10.10), so nobody hands one out. */
    static final int SHORTEST_CODE = 16;

    /** No secret name has fewer letters. */
    public static final int FEWEST_LETTERS = 3;

    private static final List<String> TELLING = List.of(
            "authorization",
            "apikey",
            "secret",
            "password",
            "passwd",
            "passphrase",
            "accesstoken",
            "refreshtoken",
            "idtoken",
            "authtoken",
            "accesskey",
            "privatekey",
            "authkey",
            "jwt",
            "assertion");

    // Most fields of most heads; found by one look instead of fifteen.
    private static final Set<String> ORDINARY_HEADERS = Set.of(
            "host",
            "useragent",
            "accept",
            "acceptencoding",
            "acceptlanguage",
            "acceptranges",
            "age",
            "allow",
            "cachecontrol",
            "connection",
            "contentdisposition",
            "contentencoding",
            "contentlanguage",
            "contentlength",
            "contentlocation",
            "contentrange",
            "contenttype",
            "date",
            "etag",
            "expect",
            "expires",
            "forwarded",
            "from",
            "hansardsession",
            "idempotencykey",
            "ifmatch",
            "ifmodifiedsince",
            "ifnonematch",
            "ifunmodifiedsince",
            "keepalive",
            "lastmodified",
            "link",
            "location",
            "origin",
            "pragma",
            "range",
            "referer",
            "retryafter",
            "server",
            "stricttransportsecurity",
            "te",
            "trailer",
            "transferencoding",
            "traceparent",
            "tracestate",
            "upgrade",
            "vary",
            "via",
            "wwwauthenticate",
            "xcontenttypeoptions",
            "xforwardedfor",
            "xforwardedhost",
            "xforwardedproto",
            "xframeoptions",
            "xrequestid");

    private static final Set<String> HEADERS = Set.of(
            "auth",
            "xauth",
            "authentication",
            "xauthentication",
            "key",
            "otp",
            "xotp",
            "xgithubotp",
            "xcsrf",
            "xxsrf",
            "sessionid",
            "xsessionid",
            "xsession",
            "subscriptionkey",
            "ocpapimsubscriptionkey",
            "xfunctionskey",
            "xlicensekey",
            "xinsertkey",
            "sharedkey",
            "xsharedkey",
            "xamzncredential",
            // What we tell targets about callers: good for a minute wherever it lies.
            "hansardidentity");

    private static final Set<String> QUERY_KEYS = Set.of(
            "key",
            "sig",
            "auth",
            "pwd",
            "pass",
            "pin",
            "otp",
            "cvv",
            "cvc",
            "sas",
            "hmac",
            "session",
            "sessionid",
            "sid",
            "jsessionid",
            "phpsessid",
            "ticket",
            "subscriptionkey",
            "sharedkey",
            "codeverifier",
            "samlresponse",
            "samlart",
            "credentials");

    private static final Set<String> CONTINUATIONS =
            Set.of("pagetoken", "nextpagetoken", "nexttoken", "continuationtoken", "paginationtoken", "synctoken");

    private SecretNames() {}

    /** Letters and digits of a name, in lower case. */
    public static String squeezed(String name) {
        var letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                letters.append((char) (c | 0x20));
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    static boolean isSecretHeader(String squeezed) {
        return !ORDINARY_HEADERS.contains(squeezed) && (HEADERS.contains(squeezed) || isTelling(squeezed));
    }

    /** Whether the value of a query parameter, a matrix parameter or the like is secret. */
    public static boolean isSecretKey(String squeezed, int valueLength) {
        if (squeezed.equals("code")) {
            return valueLength >= SHORTEST_CODE;
        }
        return QUERY_KEYS.contains(squeezed)
                || squeezed.endsWith("signature")
                || squeezed.endsWith("credential")
                || isTelling(squeezed);
    }

    private static boolean isTelling(String squeezed) {
        if (squeezed.endsWith("token")) {
            return !CONTINUATIONS.contains(squeezed);
        }
        for (int i = 0; i < TELLING.size(); i++) {
            if (squeezed.contains(TELLING.get(i))) {
                return true;
            }
        }
        return false;
    }
}
