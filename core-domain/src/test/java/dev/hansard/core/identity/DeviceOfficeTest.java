// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.DeviceDesk.Progress;
import dev.hansard.ports.identity.DeviceDesk.Start;
import dev.hansard.ports.identity.DeviceSignIn;
import dev.hansard.ports.identity.InMemorySignedInRecords;
import dev.hansard.ports.identity.Invitation;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceOfficeTest {
    private static final Person ANN = new Person(new Caller("corp", "ann", List.of("sre")), "Ann", null);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final String FROM = "192.0.2.7";

    private final InMemoryAuditLog log = new InMemoryAuditLog();
    private final Random random = new Random(1);
    private final Map<String, SignIn> providers = new LinkedHashMap<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private DeviceSignIn.Progress progress = new DeviceSignIn.Progress.Waiting(INTERVAL);
    private int polls;
    private final PeopleSessions sessions = new PeopleSessions(
            new InMemorySignedInRecords(), Duration.ofMinutes(30), Duration.ofHours(12), () -> now, random);

    private DeviceOffice office(String... names) {
        for (String name : names) {
            providers.put(name, provider());
        }
        var roles = new Roles(List.of(new Roles.Given(Role.VIEWER, List.of("sre"), Scope.EVERYTHING)));
        return new DeviceOffice(providers, sessions, roles, new Auditor(log, () -> now, false), () -> now, random);
    }

    private SignIn provider() {
        return new SignIn() {
            @Override
            public Beginning begin(String state, String back) {
                return new Beginning.Unavailable("by browser");
            }

            @Override
            public DeviceSignIn onDevice() {
                return DeviceOfficeTest.this::shown;
            }
        };
    }

    private DeviceSignIn.Beginning shown() {
        String place = "https://id.example.com/device";
        return new DeviceSignIn.Beginning.Shown(
                new Invitation("ABCD", place, null, Duration.ofMinutes(10), INTERVAL), () -> {
                    polls++;
                    return progress;
                });
    }

    private static String attempt(DeviceOffice office, @Nullable String provider) {
        return office.begin(provider) instanceof Start.Shown shown
                ? shown.attempt().reveal()
                : "";
    }

    private Progress pollLater(DeviceOffice office, String attempt) {
        now = now.plus(INTERVAL);
        return office.poll(attempt, FROM);
    }

    private void ends(SignIn.Outcome outcome) {
        progress = new DeviceSignIn.Progress.Ended(outcome);
    }

    private List<String> logged() {
        return log.since(0, 100).stream()
                .map(entry ->
                        entry.event().action().word() + " " + entry.event().object())
                .toList();
    }

    private static String code(Progress progress) {
        return progress instanceof Progress.Refused(Refusal refusal) ? refusal.code() : progress.toString();
    }

    @Test
    void signsInAndOut() {
        DeviceOffice office = office("corp");
        String attempt = attempt(office, null);
        ends(new SignIn.Outcome.Proven(ANN));

        Progress.SignedIn end = (Progress.SignedIn) pollLater(office, attempt);

        assertThat(end.person()).isEqualTo(ANN);
        assertThat(end.token().reveal()).matches("hst_[A-Za-z0-9_-]{43}");
        assertThat(end.until()).isEqualTo(now.plus(Duration.ofHours(12)));
        assertThat(sessions.useToken(end.token().reveal())).isNotNull();
        assertThat(sessions.use(end.token().reveal())).as("as a cookie").isNull();
        assertThat(office.leave(end.token().reveal(), FROM)).isTrue();
        assertThat(office.leave(end.token().reveal(), FROM)).isFalse();
        assertThat(sessions.useToken(end.token().reveal())).isNull();
        assertThat(logged()).containsExactly("signed_in device", "signed_out device");
    }

    @Test
    void givesATokenOnce() {
        DeviceOffice office = office("corp");
        String attempt = attempt(office, null);
        ends(new SignIn.Outcome.Proven(ANN));
        pollLater(office, attempt);

        assertThat(code(pollLater(office, attempt))).isEqualTo("sign_in_expired");
        assertThat(polls).isEqualTo(1);
    }

    @Test
    void asksTheProviderNoSoonerThanItWants() {
        DeviceOffice office = office("corp");
        String attempt = attempt(office, null);

        Progress atOnce = office.poll(attempt, FROM);
        progress = new DeviceSignIn.Progress.Waiting(INTERVAL.multipliedBy(3));
        Progress later = pollLater(office, attempt);
        pollLater(office, attempt);

        assertThat(atOnce).isEqualTo(new Progress.Waiting(INTERVAL));
        assertThat(later).isEqualTo(new Progress.Waiting(INTERVAL.multipliedBy(3)));
        assertThat(polls).isEqualTo(1);
    }

    @Test
    void forgetsWhoWaitsForTooLong() {
        DeviceOffice office = office("corp");
        String attempt = attempt(office, null);
        now = now.plus(Duration.ofMinutes(10));

        assertThat(code(office.poll(attempt, FROM))).isEqualTo("sign_in_expired");
        assertThat(code(office.poll("guessed", FROM))).isEqualTo("sign_in_expired");
        assertThat(polls).isZero();
    }

    @Test
    void saysAndNotesThatAProofDoesNotHold() {
        DeviceOffice office = office("corp");
        String attempt = attempt(office, null);
        ends(new SignIn.Outcome.Refused("access_denied"));

        assertThat(code(pollLater(office, attempt))).isEqualTo("sign_in_failed");
        assertThat(code(pollLater(office, attempt))).isEqualTo("sign_in_expired");
        assertThat(logged()).containsExactly("refused sign_in access_denied");
    }

    @Test
    void letsNobodyInWithoutARole() {
        DeviceOffice office = office("corp");
        String attempt = attempt(office, null);
        ends(new SignIn.Outcome.Proven(new Person(new Caller("corp", "bob", List.of()), null, null)));

        assertThat(code(pollLater(office, attempt))).isEqualTo("no_role");
        assertThat(sessions.count()).isZero();
    }

    @Test
    void goesOnWhenTheProviderIsBackInTime() {
        DeviceOffice office = office("corp");
        String attempt = attempt(office, null);
        ends(new SignIn.Outcome.Unavailable("issuer_unreachable"));
        Progress during = pollLater(office, attempt);
        ends(new SignIn.Outcome.Proven(ANN));

        assertThat(during).isEqualTo(new Progress.Waiting(INTERVAL));
        assertThat(pollLater(office, attempt)).isInstanceOf(Progress.SignedIn.class);
    }

    @Test
    void asksWhichOfSeveralProviders() {
        DeviceOffice office = office("corp", "partners");

        assertThat(attempt(office, null)).isEmpty();
        assertThat(attempt(office, "nobody")).isEmpty();
        assertThat(attempt(office, "partners")).isNotEmpty();
    }

    @Test
    void offersNothingWhereNoProviderDoes() {
        providers.put("corp", (state, back) -> new SignIn.Beginning.Unavailable("by browser"));

        assertThat(attempt(office(), null)).isEmpty();
    }

    @Test
    void keepsNoMoreAttemptsThanItSays() {
        DeviceOffice office = office("corp");
        String first = attempt(office, null);
        for (int i = 0; i < DeviceAttempts.MOST; i++) {
            attempt(office, null);
        }

        assertThat(code(pollLater(office, first))).isEqualTo("sign_in_expired");
    }
}
