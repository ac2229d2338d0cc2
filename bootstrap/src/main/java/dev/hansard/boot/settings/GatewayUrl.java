// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.ports.exchange.UpstreamAddress;
import java.net.InetAddress;

/** Reads the URL of a gateway. */
public final class GatewayUrl {
    private GatewayUrl() {}

    /**
     * Its listener.
     *
     * @throws dev.hansard.boot.settings.yaml.MisfitException when it is none
     */
    public static UpstreamAddress parse(String url) {
        return Targets.upstream(url);
    }

    /** Whether it is surely on this machine: a name may be resolved to anything. */
    public static boolean isLoopback(UpstreamAddress address) {
        if (address.host().equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(address.host()).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
