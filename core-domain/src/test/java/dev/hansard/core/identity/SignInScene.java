// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.InMemorySignedInRecords;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignInDesk.Browser;
import dev.hansard.ports.identity.SignInDesk.End;
import dev.hansard.ports.identity.SignInDesk.Handed;
import dev.hansard.ports.identity.SignInDesk.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An office with two providers that say what they are told to, and a clock that is moved. */
final class SignInScene {
    static final String BACK = "https://hansard.example.com/login/corp/callback";
    static final Person ANN = new Person(new Caller("corp", "ann", List.of("sre")), "Ann", "ann@example.com");
    static final String FROM = "192.0.2.7";

    final InMemoryAuditLog log = new InMemoryAuditLog();
    final List<String> states = new ArrayList<>();
    final List<Map<String, String>> answers = new ArrayList<>();
    final PeopleSessions sessions;
    final SignInOffice office;
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    boolean fails;
    SignIn.Outcome outcome = new SignIn.Outcome.Proven(ANN);

    SignInScene() {
        var roles = new Roles(List.of(new Roles.Given(Role.VIEWER, List.of("sre"), Scope.EVERYTHING)));
        var random = new Random(1);
        sessions = new PeopleSessions(
                new InMemorySignedInRecords(), Duration.ofMinutes(30), Duration.ofHours(12), () -> now, random);
        Map<String, SignIn> providers = new LinkedHashMap<>();
        providers.put("corp", this::away);
        providers.put("partners", this::away);
        providers.put("saml", new Posting());
        office = new SignInOffice(providers, sessions, roles, new Auditor(log, () -> now, false), () -> now, random);
    }

    private SignIn.Beginning away(String state, String back) {
        states.add(state);
        return new SignIn.Beginning.Away("https://id.example.com/auth?state=" + state, answer -> {
            answers.add(answer);
            if (fails) {
                throw new IllegalStateException("the provider has a fault");
            }
            return outcome;
        });
    }

    /** One whose answers a page of the provider posts. */
    private final class Posting implements SignIn {
        @Override
        public Beginning begin(String state, String back) {
            return away(state, back);
        }

        @Override
        public String postedState() {
            return "RelayState";
        }
    }

    Handed post(String provider, String state) {
        return office.post(provider, Map.of("RelayState", state, "SAMLResponse", "r"), FROM);
    }

    void move(Duration by) {
        now = now.plus(by);
    }

    /** Begins; returns what the browser has to show. */
    String begin(String provider) {
        return office.begin(provider, BACK, "/ui?x=y") instanceof Start.Away(var _, var attempt)
                ? attempt.reveal()
                : "";
    }

    String lastState() {
        return states.getLast();
    }

    End finish(String provider, String state, @Nullable String attempt) {
        return office.finish(provider, Map.of("state", state, "code", "c"), new Browser(attempt, null, FROM));
    }

    /** Signs in; returns what the browser has to show. */
    String signIn(@Nullable String before) {
        String attempt = begin("corp");
        End end = office.finish("corp", Map.of("state", lastState()), new Browser(attempt, before, FROM));
        return end instanceof End.SignedIn(var session, var _) ? session.reveal() : "";
    }

    /** What the log says, one text for each entry. */
    List<String> logged() {
        List<String> lines = new ArrayList<>();
        for (AuditEntry entry : log.since(0, 1_000)) {
            var event = entry.event();
            lines.add(event.action().word() + " " + event.provider() + "/" + event.actor() + " " + event.object() + " "
                    + event.allowed());
        }
        return lines;
    }
}
