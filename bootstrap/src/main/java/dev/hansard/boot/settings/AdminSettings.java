// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.identity.ProviderSettings;
import java.util.List;

/**
 * The admin plane.
 *
 * @param address where it listens; on loopback
 * @param identity the providers to ask who comes, in this order; empty lets in everyone on this machine
 */
public record AdminSettings(ListenAddress address, List<ProviderSettings> identity) {
    public static final AdminSettings DEFAULT = at(new ListenAddress("127.0.0.1", 9000));

    public AdminSettings {
        identity = List.copyOf(identity);
    }

    /** One that lets in everyone on this machine. */
    public static AdminSettings at(ListenAddress address) {
        return new AdminSettings(address, List.of());
    }
}
