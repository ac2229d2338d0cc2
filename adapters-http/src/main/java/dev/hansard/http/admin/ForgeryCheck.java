// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.identity.SignedIn;
import dev.hansard.ports.value.Secret;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a page of ours asks from what another page makes the browser ask (CSRF). A browser adds the cookie by
 * itself, so that whatever changes something needs two things more: the browser's own word that a page of ours asks,
 * which {@link Guard} has compared with our origin, and the token of the session. A credential of the request needs
 * neither, because no browser adds one.
 */
final class ForgeryCheck {
    /** Where the token comes. */
    static final HeaderName TOKEN = HeaderNames.create("Hansard-Csrf");

    private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private ForgeryCheck() {}

    /** Refuses what may be forged. */
    static void check(Exchange exchange, @Nullable SignedIn signedIn) {
        if (signedIn == null || READING.contains(exchange.method())) {
            return;
        }
        check(exchange, signedIn, exchange.field(TOKEN));
    }

    /**
     * The same for a form of a page without a script, which cannot send a field.
     *
     * @param token what the form has for a token; null when it has none
     */
    static void check(Exchange exchange, SignedIn signedIn, @Nullable String token) {
        boolean isOwnPage = exchange.field(HeaderNames.ORIGIN) != null || "same-origin".equals(exchange.field(SITE));
        if (!isOwnPage || token == null || !Secret.of(token).equals(signedIn.token())) {
            throw new RefusedException(
                    403,
                    "forged_request",
                    "A browser session needs Origin or Sec-Fetch-Site, and in Hansard-Csrf the csrfToken of"
                            + " GET /api/v1/me.");
        }
    }
}
