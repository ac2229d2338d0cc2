// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Client;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a request for a token comes to. */
sealed interface TokenRequest {
    /** A client of ours that may have one. */
    record Granted(Client client) implements TokenRequest {}

    /** Nobody that we know (RFC 6749 section 5.2, {@code invalid_client}). */
    record UnknownClient() implements TokenRequest {}

    /** Another grant than client credentials. */
    record OtherGrant() implements TokenRequest {}

    /** The client shows its secret by Basic authentication or in the form (section 2.3.1). */
    static TokenRequest read(ServerRequest request) {
        UriQuery form = UriQuery.create(request.content().as(String.class));
        String basic = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        String shown = basic.regionMatches(true, 0, "Basic ", 0, 6)
                ? decoded(basic.substring(6).strip())
                : form.first("client_id").orElse("") + ":"
                        + form.first("client_secret").orElse("");
        if (!form.first("grant_type").orElse("").equals("client_credentials")) {
            return new OtherGrant();
        }
        return DemoCast.CLIENTS.stream()
                .filter(client -> shown.equals(client.id() + ":" + client.secret()))
                .<TokenRequest>map(Granted::new)
                .findFirst()
                .orElseGet(UnknownClient::new);
    }

    private static String decoded(String basic) {
        try {
            return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            // Nobody's secret.
            return "";
        }
    }
}
