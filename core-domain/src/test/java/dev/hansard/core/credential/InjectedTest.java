// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.credential.ServiceCredentials.Issue;
import dev.hansard.core.credential.shape.Outgoing;
import dev.hansard.core.credential.shape.Shape;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectedTest {
    private static final ServiceName SHOP = new ServiceName("shop");
    private static final Outgoing REQUEST =
            new Outgoing("GET", "/", "shop.test", false, Instant.parse("2026-03-01T12:00:00Z"));

    private final FakeSource source = new FakeSource();
    private final MovedTime time = new MovedTime();

    private ServiceCredentials of(Shape... shapes) {
        var held = new ArrayList<HeldCredential>();
        for (Shape shape : shapes) {
            var spec = new CredentialSpec("c" + held.size(), SHOP, "any", shape, Duration.ofMinutes(1));
            held.add(new SharedCredential(spec, source, time.tools()));
        }
        return new ServiceCredentials(held, OnReflection.BLOCK);
    }

    private static Injected injected(ServiceCredentials credentials) {
        return switch (credentials.issue(null)) {
            case Issue.Issued(Injected injected) -> injected;
            case Issue.Unavailable(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private static List<String> fields(Injected injected) {
        var fields = new ArrayList<String>();
        injected.fields(REQUEST, (name, value) -> fields.add(name + ": " + value));
        injected.maskedFields(REQUEST, (name, value) -> fields.add(name + ": " + value));
        return fields;
    }

    @Test
    void writesFieldsAndShowsTheRecordTheirNamesOnly() {
        Injected injected =
                injected(of(new Shape.Header("X-Api-Key", ""), new Shape.Basic("hansard"), new Shape.Query("key")));

        assertThat(fields(injected))
                .containsExactly(
                        "X-Api-Key: value-number-one",
                        "Authorization: Basic aGFuc2FyZDp2YWx1ZS1udW1iZXItb25l",
                        "X-Api-Key: ***",
                        "Authorization: ***");
        assertThat(injected.toString()).doesNotContain("number-one");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a?key=***",
        "/a?, /a?key=***",
        "/a?x=1, /a?x=1&key=***",
        "/a?key=mine&x=1&key=again, /a?x=1&key=***",
        "/a?k%65y=mine&keys=1&&key, /a?keys=1&key=***",
        "/a?Key=other, /a?Key=other&key=***"
    })
    void takesTheCallersPairsByThatNameOutOfTheQuery(String target, String recorded) {
        Injected injected = injected(of(new Shape.Query("key")));

        assertThat(injected.maskedTarget(target)).isEqualTo(recorded);
        assertThat(injected.target(target)).isEqualTo(recorded.replace("***", "value-number-one"));
    }

    @Test
    void encodesWhatAQueryCannotHold() {
        source.value = "a b&c=d%+ü";

        assertThat(injected(of(new Shape.Query("my key"))).target("/"))
                .isEqualTo("/?my%20key=a%20b%26c%3Dd%25%2B%C3%BC");
    }

    @Test
    void isTheSameForAllCallsUntilAVersionChanges() {
        ServiceCredentials credentials = of(Shape.Header.bearer());
        Injected first = injected(credentials);
        Injected same = injected(credentials);
        source.value = "value-number-two";
        credentials.held().getFirst().rotate();

        Injected second = injected(credentials);

        assertThat(same).isSameAs(first);
        assertThat(second).isNotSameAs(first);
        assertThat(second.used()).isNotEqualTo(first.used());
        assertThat(fields(second)).contains("Authorization: Bearer value-number-two");
    }

    @Test
    void changesOnlyWhatHasANewerVersionWhenATargetRefusesOneOfThem() {
        ServiceCredentials credentials = of(new Shape.Header("X-Key", ""), new Shape.Header("X-Token", ""));
        injected(credentials);
        source.value = "value-number-two";
        credentials.held().getFirst().rotate();
        Injected between = injected(credentials);
        credentials.held().getLast().rotate();

        Injected other = credentials.other(between, null);

        assertThat(fields(between)).contains("X-Key: value-number-two", "X-Token: value-number-one");
        assertThat(other).isNotNull();
        assertThat(fields(other)).contains("X-Key: value-number-two", "X-Token: value-number-two");
    }

    @Test
    void looksForThePreviousValueAsWell() {
        ServiceCredentials credentials = of(Shape.Header.bearer());
        injected(credentials);
        source.value = "value-number-two";
        credentials.held().getFirst().rotate();

        Injected now = injected(credentials);

        var hits = new ArrayList<Integer>();
        byte[] text = "value-number-one, value-number-two".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        now.values().scan(text, 0, text.length, (from, _, _) -> hits.add(from));
        assertThat(hits).containsExactly(0, 18);
    }

    @Test
    void refusesOnlyTheCallsOfAServiceWhoseCredentialIsNotThere() {
        source.failure = CredentialUnavailableException.passing("the issuer answers 503");

        Issue issue = of(Shape.Header.bearer()).issue(null);

        assertThat(issue).isInstanceOfSatisfying(Issue.Unavailable.class, unavailable -> {
            assertThat(unavailable.refusal().status()).isEqualTo(503);
            assertThat(unavailable.refusal().code()).isEqualTo("credential_unavailable");
        });
    }
}
