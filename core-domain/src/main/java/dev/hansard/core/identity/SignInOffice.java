// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.identity.SignInAttempts.Begun;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignIn.Beginning;
import dev.hansard.ports.identity.SignIn.Outcome;
import dev.hansard.ports.identity.SignInDesk;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.Secret;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in with a browser. An attempt belongs to the browser that began it and to one provider, is known by a
 * state that nobody can guess, and is over with the first answer: so an answer that was planted, stolen, replayed or
 * that came from another provider finds no attempt (RFC 9700 sections 4.4, 4.5 and 4.7).
 */
public final class SignInOffice implements SignInDesk {
    private static final Refusal NOT_BY_POST = new Refusal(
            405,
            "method_not_allowed",
            "This provider sends the browser back with GET.",
            List.of(new Field("Allow", "GET")));

    private final Map<String, SignIn> providers;
    private final PeopleSessions sessions;
    private final Roles roles;
    private final Auditor auditor;
    private final RandomGenerator random;
    private final SignInAttempts attempts;
    private final RefusedSignIns refused;

    /**
     * An office.
     *
     * @param providers by their names, in the order to show them; started
     * @param random nobody may guess what it gives
     */
    public SignInOffice(
            Map<String, SignIn> providers,
            PeopleSessions sessions,
            Roles roles,
            Auditor auditor,
            InstantSource clock,
            RandomGenerator random) {
        this.providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        this.sessions = sessions;
        this.roles = roles;
        this.auditor = auditor;
        this.random = random;
        this.attempts = new SignInAttempts(clock);
        this.refused = new RefusedSignIns(auditor, clock);
    }

    @Override
    public List<String> providers() {
        return List.copyOf(providers.keySet());
    }

    @Override
    public Start begin(String provider, String back, @Nullable String returnTo) {
        SignIn signIn = providers.get(provider);
        if (signIn == null) {
            return new Start.Refused(noProvider());
        }
        String path = ReturnPath.parse(returnTo);
        if (path == null) {
            return new Start.Refused(new Refusal(
                    400, "invalid_parameter", "Parameter 'return-to' must be a path of this server, such as /."));
        }
        String state = Tokens.make(random);
        return switch (begin(signIn, state, back)) {
            case Beginning.Away(String to, SignIn.Attempt attempt) -> {
                String browser = Tokens.make(random);
                attempts.keep(state, browser, provider, attempt, path);
                yield new Start.Away(to, Secret.of(browser));
            }
            case Beginning.Unavailable _ -> new Start.Refused(unavailable());
        };
    }

    @SuppressWarnings("CatchingUnchecked") // A provider may throw anything; nobody gets in by that.
    private static Beginning begin(SignIn signIn, String state, String back) {
        try {
            return signIn.begin(state, back);
        } catch (RuntimeException _) {
            return new Beginning.Unavailable("provider_failed");
        }
    }

    @Override
    public End finish(String provider, Map<String, String> answer, Browser browser) {
        SignIn signIn = providers.get(provider);
        if (signIn == null) {
            return new End.Refused(noProvider());
        }
        String state = answer.get("state");
        Begun begun = state == null ? null : attempts.take(state);
        if (begun == null) {
            return refuse(provider, browser, state == null ? "no_state" : "unknown_state");
        }
        if (!begun.isOf(browser.attempt())) {
            return refuse(provider, browser, "another_browser");
        }
        if (!begun.provider().equals(provider)) {
            return refuse(provider, browser, "another_provider");
        }
        boolean isPosted = signIn.postedState() != null;
        if (isPosted && begun.proven() == null) {
            return refuse(provider, browser, "not_posted");
        }
        return switch (begun.proven() == null ? finish(begun.attempt(), answer) : begun.proven()) {
            case Outcome.Proven proven -> proven(provider, proven, begun.returnTo(), browser);
            case Outcome.Refused(String reason) -> refuse(provider, browser, reason);
            case Outcome.Unavailable(String reason) -> new End.Refused(unavailable(provider, browser.from(), reason));
        };
    }

    @Override
    public Handed post(String provider, Map<String, String> answer, String from) {
        SignIn signIn = providers.get(provider);
        if (signIn == null) {
            return new Handed.Refused(noProvider());
        }
        String field = signIn.postedState();
        if (field == null) {
            return new Handed.Refused(NOT_BY_POST);
        }
        String state = answer.get(field);
        Begun begun = state == null ? null : attempts.take(state);
        if (state == null || begun == null) {
            return new Handed.Refused(failed(provider, from, state == null ? "no_state" : "unknown_state"));
        }
        if (!begun.provider().equals(provider) || begun.proven() != null) {
            return new Handed.Refused(
                    failed(provider, from, begun.proven() == null ? "another_provider" : "posted_twice"));
        }
        return switch (finish(begun.attempt(), answer)) {
            case Outcome.Proven proven -> {
                // Another word than the state, which whoever began the attempt knows: they may have sent somebody else
                // to
                // the provider with it. This one is known to the browser that posted, and no other.
                String ticket = Tokens.make(random);
                attempts.keep(ticket, begun.with(proven));
                yield new Handed.On(ticket);
            }
            case Outcome.Refused(String reason) -> new Handed.Refused(failed(provider, from, reason));
            case Outcome.Unavailable(String reason) -> new Handed.Refused(unavailable(provider, from, reason));
        };
    }

    @Override
    public SignIn.@Nullable Description description(String provider, String back) {
        SignIn signIn = providers.get(provider);
        return signIn == null ? null : signIn.description(back);
    }

    @SuppressWarnings("CatchingUnchecked") // As above.
    private static Outcome finish(SignIn.Attempt attempt, Map<String, String> answer) {
        try {
            return attempt.finish(answer);
        } catch (RuntimeException _) {
            return new Outcome.Unavailable("provider_failed");
        }
    }

    private End proven(String provider, Outcome.Proven proven, String returnTo, Browser browser) {
        Person person = proven.person();
        Access access = roles.of(person.caller());
        if (access.grants().isEmpty()) {
            refused.note(provider, person.caller().subject(), browser.from(), AdminEntrance.NO_ROLE.code());
            return new End.Refused(AdminEntrance.NO_ROLE);
        }
        auditor.does(new Visitor(access, browser.from(), null), AuditAction.SIGNED_IN, "browser", null);
        if (browser.session() != null) {
            sessions.end(browser.session());
        }
        return new End.SignedIn(sessions.open(person, proven.until()), returnTo);
    }

    @Override
    public void leave(Browser browser) {
        Person person = browser.session() == null ? null : sessions.end(browser.session());
        if (person != null) {
            var visitor = new Visitor(roles.of(person.caller()), browser.from(), null);
            auditor.does(visitor, AuditAction.SIGNED_OUT, "browser", null);
        }
    }

    private End refuse(String provider, Browser browser, String reason) {
        return new End.Refused(failed(provider, browser.from(), reason));
    }

    private Refusal failed(String provider, String from, String reason) {
        refused.note(provider, "", from, reason);
        return new Refusal(
                403, "sign_in_failed", "You could not be signed in; begin again at /login. The audit log says why.");
    }

    private Refusal unavailable(String provider, String from, String reason) {
        refused.note(provider, "", from, reason);
        return unavailable();
    }

    private static Refusal noProvider() {
        return new Refusal(404, "not_found", "Nobody signs in by that name here; GET /login says how to.");
    }

    private static Refusal unavailable() {
        return new Refusal(
                503,
                "identity_unavailable",
                "The identity provider cannot be asked at the moment; try again later.",
                List.of(new Field("Retry-After", "5")));
    }
}
