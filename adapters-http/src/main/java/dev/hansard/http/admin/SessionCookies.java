// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.value.Secret;
import io.helidon.http.HeaderNames;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The two cookies of a browser: one while it is away to sign in, one while it is signed in. With the prefix a browser
 * takes them only from this very host and over TLS, so that neither a neighbour domain nor somebody on the wire can
 * plant one (RFC 6265bis section 4.1.3.2). {@code Lax}, because the provider sends the browser back from another site.
 *
 * @param secure whether the admin plane is reached by https; else it is on loopback, where the prefix cannot be had
 */
record SessionCookies(boolean secure) {
    private static final String PREFIX = "__Host-";
    private static final String SESSION = "hansard";
    private static final String ATTEMPT = "hansard-signin";
    private static final int ATTEMPT_SECONDS = 600;
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** What the browser shows for its session; null when it shows none that could be ours, or two. */
    @Nullable
    String session(Exchange exchange) {
        return value(exchange, named(SESSION));
    }

    /** What the browser shows for its sign-in. */
    @Nullable
    String attempt(Exchange exchange) {
        return value(exchange, named(ATTEMPT));
    }

    private String named(String name) {
        return secure ? PREFIX + name : name;
    }

    private static @Nullable String value(Exchange exchange, String name) {
        String field = exchange.field(HeaderNames.COOKIE);
        if (field == null) {
            return null;
        }
        String found = null;
        // Lines are joined with commas, which our values do not have.
        for (String pair : field.split("[;,]", -1)) {
            String stripped = pair.strip();
            if (stripped.startsWith(name + "=")) {
                if (found != null) {
                    return null;
                }
                found = stripped.substring(name.length() + 1);
            }
        }
        return found != null && VALUE.matcher(found).matches() ? found : null;
    }

    /** For whoever begins to sign in. */
    String beginning(Secret attempt) {
        return cookie(ATTEMPT, attempt.reveal()) + "; Max-Age=" + ATTEMPT_SECONDS;
    }

    /** For whoever has signed in; ends with the browser at the latest. */
    String signedIn(Secret session) {
        return cookie(SESSION, session.reveal());
    }

    /** For whoever came back. */
    String withoutAttempt() {
        return cookie(ATTEMPT, "") + "; Max-Age=0";
    }

    /** For whoever has signed out. */
    String withoutSession() {
        return cookie(SESSION, "") + "; Max-Age=0";
    }

    private String cookie(String name, String value) {
        return named(name) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }
}
