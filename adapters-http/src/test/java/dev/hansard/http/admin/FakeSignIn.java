// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.AdminGate.Entry;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignInDesk;
import dev.hansard.ports.identity.SignedIn;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Signs in every browser that comes back with the state that it was sent away with. */
final class FakeSignIn implements SignInDesk {
    static final String ATTEMPT = "a".repeat(43);
    static final String SESSION = "s".repeat(43);
    static final String TOKEN = "t".repeat(43);

    final List<String> backs = new CopyOnWriteArrayList<>();
    final List<Browser> browsers = new CopyOnWriteArrayList<>();
    volatile List<String> names = List.of("corp");

    @Nullable
    Entry enter(@Nullable String session) {
        if (!SESSION.equals(session)) {
            return null;
        }
        var signedIn = new SignedIn(
                new Person(FakeDesks.SOMEONE, "Some One", "someone@example.com"),
                Secret.of(TOKEN),
                FakeDesks.NOON.plus(Duration.ofMinutes(30)),
                FakeDesks.NOON.plus(Duration.ofHours(12)));
        return new Entry.Known(Access.toEverything(FakeDesks.SOMEONE, "a test"), signedIn);
    }

    @Override
    public List<String> providers() {
        return names;
    }

    @Override
    public Start begin(String provider, String back, @Nullable String returnTo) {
        backs.add(back);
        return new Start.Away("https://id.example.com/auth?state=x", Secret.of(ATTEMPT));
    }

    @Override
    public End finish(String provider, Map<String, String> answer, Browser browser) {
        browsers.add(browser);
        return "x".equals(answer.get("state")) && ATTEMPT.equals(browser.attempt())
                ? new End.SignedIn(Secret.of(SESSION), "/?a=b&c='d'")
                : new End.Refused(new Refusal(403, "sign_in_failed", "You could not be signed in."));
    }

    @Override
    public Handed post(String provider, Map<String, String> answer, String from) {
        return "x".equals(answer.get("RelayState"))
                ? new Handed.On("ticket&x")
                : new Handed.Refused(new Refusal(403, "sign_in_failed", "You could not be signed in."));
    }

    @Override
    public SignIn.@Nullable Description description(String provider, String back) {
        return provider.equals("saml") ? new SignIn.Description("application/xml", "<at>" + back + "</at>") : null;
    }

    @Override
    public void leave(Browser browser) {
        browsers.add(browser);
    }
}
