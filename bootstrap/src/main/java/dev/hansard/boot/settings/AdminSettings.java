// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.boot.settings.identity.SignInSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The admin plane.
 *
 * @param address where it listens; on loopback, unless whoever comes is asked who they are, over TLS
 * @param identity the providers to ask who comes, in this order; empty lets in everyone on this machine
 * @param login the providers that people sign in with in a browser, in this order; empty when they do not
 * @param publicUrl where people reach it; null when it is by the address
 * @param idle how long a browser session lives when nothing is asked
 * @param absolute how long it lives in any case
 */
public record AdminSettings(
        ListenAddress address,
        List<ProviderSettings> identity,
        List<SignInSettings> login,
        @Nullable URI publicUrl,
        Duration idle,
        Duration absolute) {
    /** How long a session lives when nothing is asked, unless it is written. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How long a session lives, unless it is written. */
    public static final Duration ABSOLUTE = Duration.ofHours(12);

    public static final AdminSettings DEFAULT = at(new ListenAddress("127.0.0.1", 9000));

    public AdminSettings {
        identity = List.copyOf(identity);
        login = List.copyOf(login);
    }

    /** One that lets in everyone on this machine. */
    public static AdminSettings at(ListenAddress address) {
        return new AdminSettings(address, List.of(), List.of(), null, IDLE, ABSOLUTE);
    }

    /** The same at another address. */
    public AdminSettings movedTo(ListenAddress other) {
        return new AdminSettings(other, identity, login, publicUrl, idle, absolute);
    }

    /** Whether whoever comes is asked who they are. */
    public boolean asksWhoComes() {
        return !identity.isEmpty() || !login.isEmpty();
    }
}
