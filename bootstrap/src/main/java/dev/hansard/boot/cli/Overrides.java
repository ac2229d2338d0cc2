// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.AdminSettings;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line says instead of the configuration; null where it says nothing. */
record Overrides(
        @Nullable ListenAddress listen,
        @Nullable ListenAddress admin,
        @Nullable Path dataDir,
        @Nullable Durability durability) {

    /** The settings with all of it applied, under the same rules as the configuration. */
    Settings apply(Settings settings) {
        var applied = new Settings(
                listeners(settings),
                admin == null ? settings.admin() : admin(settings.admin(), admin),
                settings.identity(),
                settings.audit(),
                storage(settings.storage()),
                settings.ledger(),
                settings.log(),
                settings.services().stream().map(this::service).toList(),
                settings.masking(),
                settings.policies(),
                settings.reload(),
                settings.retention(),
                settings.credentials(),
                settings.limits(),
                settings.sinks(),
                settings.agents());
        refuseClash(applied);
        return applied;
    }

    private List<ListenerSettings> listeners(Settings settings) {
        if (listen == null) {
            return settings.listeners();
        }
        if (settings.listeners().size() > 1) {
            throw CommandFailedException.usage(
                    "--listen cannot say which of " + settings.listeners().size() + " listeners it is for",
                    "change the address in the configuration");
        }
        ListenerSettings only = settings.listeners().getFirst();
        if (!listen.isLoopback() && only.identity().isEmpty()) {
            throw CommandFailedException.usage(
                    "--listen " + listen + " is not on loopback, but listener '" + only.name() + "' has no identity",
                    "write a configuration whose listener has an identity provider of type: anonymous");
        }
        return List.of(only.at(listen));
    }

    private static AdminSettings admin(AdminSettings settings, ListenAddress address) {
        if (!address.isLoopback()) {
            throw CommandFailedException.usage(
                    "--admin " + address + " is not on loopback, but sign-in is not available yet",
                    "write 127.0.0.1 and reach it through a tunnel, such as ssh -L");
        }
        return settings.movedTo(address);
    }

    private StorageSettings storage(StorageSettings written) {
        return dataDir == null ? written : written.in(dataDir);
    }

    private Service service(Service written) {
        if (durability == null) {
            return written;
        }
        RecordPolicy policy = written.recording();
        return new Service(
                written.name(),
                written.upstreams(),
                written.tls(),
                written.timeouts(),
                written.matches(),
                new RecordPolicy(policy.bodyBytes(), durability, policy.onOverload()),
                written.retention(),
                written.labels(),
                written.agent());
    }

    private static void refuseClash(Settings settings) {
        ListenAddress admin = settings.admin().address();
        for (ListenerSettings listener : settings.listeners()) {
            if (listener.address().clashesWith(admin)) {
                throw CommandFailedException.usage(
                        "listener '" + listener.name() + "' and the admin plane are both on " + admin,
                        "give each an address of its own with --listen and --admin");
            }
        }
    }
}
