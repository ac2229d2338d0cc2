// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

/** The admin plane: API, health, metrics. On loopback as long as people cannot sign in. */
public record AdminSettings(ListenAddress address) {
    public static final AdminSettings DEFAULT = new AdminSettings(new ListenAddress("127.0.0.1", 9000));
}
