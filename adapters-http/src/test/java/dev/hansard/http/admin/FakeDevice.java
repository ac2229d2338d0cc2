// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.identity.Invitation;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Everybody is told the same code; who waits is the one that polls with {@link #WAITS}. */
final class FakeDevice implements DeviceDesk {
    static final String WAITS = "waits";
    static final String TOKEN = TOKEN_PREFIX + "t".repeat(43);

    @Override
    public Start begin(@Nullable String provider) {
        if ("unknown".equals(provider)) {
            return new Start.Refused(new Refusal(404, "no_sign_in", "Name the provider to sign in with."));
        }
        var invitation = new Invitation(
                "ABCD-EFGH",
                URI.create("https://id.example.com/device"),
                URI.create("https://id.example.com/device?user_code=ABCD-EFGH"),
                Duration.ofMinutes(10),
                Duration.ofSeconds(5));
        return new Start.Shown("corp", invitation, Secret.of(WAITS));
    }

    @Override
    public Progress poll(String attempt, String from) {
        return switch (attempt) {
            case WAITS -> new Progress.Waiting(Duration.ofSeconds(5));
            case "approved" ->
                new Progress.SignedIn(
                        new Person(FakeDesks.SOMEONE, "Some One", null),
                        Secret.of(TOKEN),
                        FakeDesks.NOON.plus(Duration.ofMinutes(30)),
                        FakeDesks.NOON.plus(Duration.ofHours(12)));
            default -> new Progress.Refused(new Refusal(410, "sign_in_expired", "There is no such sign-in."));
        };
    }

    @Override
    public boolean leave(String token, String from) {
        return token.equals(TOKEN);
    }
}
