// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Client;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/** What a request for a token comes to. */
sealed interface TokenRequest {
    /** A service of ours that may have one. */
    record Granted(Client client) implements TokenRequest {}

    /** The console, with what a browser brought back. */
    record OfCode(String code, String verifier, String back) implements TokenRequest {}

    /** The console, which asks how far somebody on another device is. */
    record OfDevice(String code) implements TokenRequest {}

    /** Nobody that we know (RFC 6749 section 5.2, {@code invalid_client}). */
    record UnknownClient() implements TokenRequest {}

    /** A grant that is not for this client. */
    record OtherGrant() implements TokenRequest {}

    static TokenRequest read(ServerRequest request) {
        UriQuery form = UriQuery.create(request.content().as(String.class));
        String shown = shown(request, form);
        String grant = value(form, "grant_type");
        boolean isService = grant.equals("client_credentials");
        boolean isConsole = grant.equals("authorization_code") || grant.endsWith(":device_code");
        if (!isService && !isConsole) {
            return new OtherGrant();
        }
        Stream<Client> among = isService ? DemoCast.CLIENTS.stream() : Stream.of(DemoCast.CONSOLE);
        return among.filter(client -> isOf(client, shown))
                .<TokenRequest>map(client -> switch (grant) {
                    case "client_credentials" -> new Granted(client);
                    case "authorization_code" ->
                        new OfCode(value(form, "code"), value(form, "code_verifier"), value(form, "redirect_uri"));
                    default -> new OfDevice(value(form, "device_code"));
                })
                .findFirst()
                .orElseGet(UnknownClient::new);
    }

    /** Whether the console asks, in a form of which nothing else is looked at. */
    static boolean isOfConsole(ServerRequest request) {
        return isOf(
                DemoCast.CONSOLE,
                shown(request, UriQuery.create(request.content().as(String.class))));
    }

    private static boolean isOf(Client client, String shown) {
        return shown.equals(client.id() + ":" + client.secret());
    }

    /** The client shows its secret by Basic authentication or in the form (section 2.3.1). */
    private static String shown(ServerRequest request, UriQuery form) {
        String basic = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return basic.regionMatches(true, 0, "Basic ", 0, 6)
                ? decoded(basic.substring(6).strip())
                : value(form, "client_id") + ":" + value(form, "client_secret");
    }

    private static String value(UriQuery form, String name) {
        return form.first(name).orElse("");
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
