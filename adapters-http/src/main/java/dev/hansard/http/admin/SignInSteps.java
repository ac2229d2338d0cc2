// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignInDesk;
import dev.hansard.ports.identity.SignInDesk.Browser;
import dev.hansard.ports.identity.SignInDesk.End;
import dev.hansard.ports.identity.SignInDesk.Handed;
import dev.hansard.ports.identity.SignInDesk.Start;
import io.helidon.http.HeaderNames;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a browser goes through to sign in and out. The provider's answer is answered with a page that goes on by itself,
 * and not with a redirect: a browser counts a redirect to the way that began at the provider, and would mark what comes
 * next as coming from another site. An answer that is posted comes without our cookies, which are {@code Lax}; so it
 * leads over a page of ours, too, from where the browser brings them.
 */
final class SignInSteps {
    private static final int SEE_OTHER = 303;
    private static final String RETURN_TO = "return-to";
    private static final String LOGIN = "/login/";

    private final SignInDesk desk;
    private final SessionCookies cookies;
    private final @Nullable URI publicUrl;

    /**
     * Steps.
     *
     * @param publicUrl where people reach the admin plane; null when it is by its address on loopback
     */
    SignInSteps(SignInDesk desk, SessionCookies cookies, @Nullable URI publicUrl) {
        this.desk = desk;
        this.cookies = cookies;
        this.publicUrl = publicUrl;
    }

    /** Shows the providers; where there is one only, goes there. */
    void choose(Exchange exchange) {
        String returnTo = exchange.query(RETURN_TO).get(RETURN_TO);
        List<String> providers = desk.providers();
        if (providers.isEmpty()) {
            throw new RefusedException(
                    404, "no_sign_in", "Nobody signs in here with a browser; admin.login names no provider.");
        }
        if (providers.size() == 1) {
            begin(exchange, providers.getFirst(), returnTo);
        } else {
            String query = returnTo == null ? "" : "?" + RETURN_TO + "=" + encoded(returnTo);
            exchange.send(SignInPages.choice(providers, provider -> LOGIN + encoded(provider) + query));
        }
    }

    /** Sends the browser to a provider. */
    void begin(Exchange exchange) {
        begin(exchange, exchange.pathPart("provider"), exchange.query(RETURN_TO).get(RETURN_TO));
    }

    private void begin(Exchange exchange, String provider, @Nullable String returnTo) {
        switch (desk.begin(provider, back(exchange, provider), returnTo)) {
            case Start.Away(String to, var attempt) -> {
                exchange.addCookie(cookies.beginning(attempt));
                exchange.send(
                        new Answer(SEE_OTHER, SignInPages.PLAIN, new byte[0], List.of(new Field("Location", to))));
            }
            case Start.Refused(var refusal) -> throw new RefusedException(refusal);
        }
    }

    /** The guard has let pass no other host than ours. */
    private String back(Exchange exchange, String provider) {
        String base = publicUrl == null ? "http://" + exchange.field(HeaderNames.HOST) : Guard.origin(publicUrl);
        return base + callback(provider);
    }

    private static String callback(String provider) {
        return LOGIN + encoded(provider) + "/callback";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Takes the answer that a page of the provider has the browser post, and sends the browser on. */
    void post(Exchange exchange) {
        String provider = exchange.pathPart("provider");
        switch (desk.post(provider, exchange.form(), exchange.peer())) {
            case Handed.On(String state) ->
                exchange.send(SignInPages.through(callback(provider) + "?state=" + encoded(state)));
            case Handed.Refused(var refusal) -> throw new RefusedException(refusal);
        }
    }

    /** Tells whoever sets up a provider what it wants to know of us. */
    void describe(Exchange exchange) {
        exchange.query();
        String provider = exchange.pathPart("provider");
        SignIn.Description description = desk.description(provider, back(exchange, provider));
        if (description == null) {
            throw RefusedException.notFound();
        }
        byte[] content = description.content().getBytes(StandardCharsets.UTF_8);
        exchange.send(new Answer(200, description.mediaType(), content));
    }

    /** Takes the provider's answer. */
    void finish(Exchange exchange) {
        exchange.addCookie(cookies.withoutAttempt());
        switch (desk.finish(exchange.pathPart("provider"), exchange.everyParameter(), browser(exchange))) {
            case End.SignedIn(var session, String returnTo) -> {
                exchange.addCookie(cookies.signedIn(session));
                exchange.send(SignInPages.onward(returnTo));
            }
            case End.Refused(var refusal) -> throw new RefusedException(refusal);
        }
    }

    /** Ends the session of the browser or command line that asks. */
    void leave(Exchange exchange, DeviceSteps device) {
        exchange.query();
        if (!device.leave(exchange)) {
            desk.leave(browser(exchange));
            exchange.addCookie(cookies.withoutSession());
        }
        exchange.send(204);
    }

    private Browser browser(Exchange exchange) {
        return new Browser(cookies.attempt(exchange), cookies.session(exchange), exchange.peer());
    }
}
