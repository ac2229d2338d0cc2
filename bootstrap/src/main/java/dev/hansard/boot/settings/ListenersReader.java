// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.ListenerSettings.ClientAuth;
import dev.hansard.boot.settings.ListenerSettings.Limits;
import dev.hansard.boot.settings.ListenerSettings.Timeouts;
import dev.hansard.boot.settings.ListenerSettings.Tls;
import dev.hansard.boot.settings.ListenerSettings.TraceContext;
import dev.hansard.boot.settings.identity.IdentityReader;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code listeners}. */
final class ListenersReader {
    /** How many listeners there may be. */
    static final int MOST_LISTENERS = 64;

    private static final String CLIENT_AUTH = "client-auth";
    private static final String CLIENT_CA_FILE = "client-ca-file";
    private static final Map<String, ClientAuth> CLIENT_AUTHS =
            Map.of("none", ClientAuth.NONE, "optional", ClientAuth.OPTIONAL, "required", ClientAuth.REQUIRED);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final long KIB = 1024;
    private static final long GIB = KIB * KIB * KIB;

    private final Problems problems;
    private final IdentityReader identity;
    private final Paths paths;
    private final List<ListenerSettings> listeners = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    ListenersReader(Section root, IdentityReader identity, Paths paths) {
        this.problems = root.problems();
        this.identity = identity;
        this.paths = paths;
        List<Entry> entries = root.named("listeners");
        if (entries.isEmpty()) {
            names.add(ListenerSettings.DEFAULT.name());
            listeners.add(ListenerSettings.DEFAULT);
        }
        if (entries.size() > MOST_LISTENERS) {
            problems.error(root.placeOf("listeners"), "there are more than " + MOST_LISTENERS + " listeners");
        }
        entries.forEach(this::read);
    }

    /** The listeners in the order written. */
    List<ListenerSettings> listeners() {
        return listeners;
    }

    /** Whether there is a listener of that name, be it a wrong one. */
    Set<String> names() {
        return names;
    }

    private void read(Entry entry) {
        String path = "listeners." + entry.key();
        names.add(entry.key());
        if (!Names.check(entry, path, problems)) {
            return;
        }
        Section section = Section.open(entry.value(), path, SettingsKeys.LISTENER, problems);
        if (!section.has("address")) {
            problems.error(entry.at(), path + ".address is missing", "write address: 127.0.0.1:8080");
        }
        ListenAddress fallback = ListenerSettings.DEFAULT.address();
        ListenAddress address = section.parsed("address", fallback, ListenAddress::parse);
        protocols(section);
        Tls tls = tls(section);
        listeners.add(new ListenerSettings(
                entry.key(),
                address,
                tls,
                identity(section, address, tls),
                section.choice(
                        "trace-context",
                        TraceContext.PROPAGATE,
                        Map.of("propagate", TraceContext.PROPAGATE, "restart", TraceContext.RESTART),
                        List.of()),
                limits(section),
                timeouts(section)));
        clashes(section, address);
    }

    private void clashes(Section section, ListenAddress address) {
        listeners.subList(0, listeners.size() - 1).stream()
                .filter(other -> other.address().clashesWith(address))
                .findFirst()
                .ifPresent(other -> problems.error(
                        section.placeOf("address"),
                        section.child("address") + " is taken by listener '" + other.name() + "'",
                        "give each listener an address of its own"));
    }

    private void protocols(Section section) {
        boolean written = section.has("protocols");
        List<Tree> items = section.items("protocols");
        for (int i = 0; i < items.size(); i++) {
            String path = section.child("protocols") + "[" + i + "]";
            section.choice(items.get(i), path, true, Map.of("http/1.1", true), List.of("h2", "websocket"));
        }
        if (written && items.isEmpty()) {
            problems.error(section.placeOf("protocols"), section.child("protocols") + " is empty", "write [http/1.1]");
        }
    }

    private @Nullable Tls tls(Section listener) {
        if (!listener.has("tls")) {
            return null;
        }
        Section section = listener.section("tls", SettingsKeys.LISTENER_TLS);
        Path certificate = section.parsed("cert-file", null, paths::certificates);
        Path key = section.parsed(
                "key-file", null, text -> certificate == null ? paths.resolve(text) : paths.keyOf(certificate, text));
        for (String needed : List.of("cert-file", "key-file")) {
            if (!section.has(needed)) {
                problems.error(
                        section.at(), section.child(needed) + " is missing", "TLS needs both cert-file and key-file");
            }
        }
        ClientAuth clientAuth = clientAuth(section);
        Path authorities = section.parsed(CLIENT_CA_FILE, null, paths::certificates);
        return certificate == null || key == null ? null : new Tls(certificate, key, clientAuth, authorities);
    }

    /** Asking and knowing whom to believe go together. */
    private ClientAuth clientAuth(Section tls) {
        ClientAuth auth = tls.choice(CLIENT_AUTH, ClientAuth.NONE, CLIENT_AUTHS, List.of());
        if (auth != ClientAuth.NONE && !tls.has(CLIENT_CA_FILE)) {
            problems.error(
                    tls.placeOf(CLIENT_AUTH),
                    tls.child(CLIENT_CA_FILE) + " is missing, so that no certificate could be verified",
                    "write client-ca-file: PATH of the authorities that the callers' certificates come from");
        }
        if (auth == ClientAuth.NONE && tls.has(CLIENT_CA_FILE)) {
            problems.error(
                    tls.placeOf(CLIENT_CA_FILE),
                    tls.child(CLIENT_CA_FILE) + " is set, but callers are asked for no certificate",
                    "write client-auth: optional or client-auth: required, or remove it");
        }
        return auth;
    }

    private List<ProviderSettings> identity(Section listener, ListenAddress address, @Nullable Tls tls) {
        if (listener.items("identity").isEmpty() && !address.isLoopback()) {
            problems.error(
                    listener.placeOf("address"),
                    listener.child("address") + " is not on loopback, but the listener has no identity",
                    "to let everyone call, write identity: [anyone] here, and"
                            + " identity: { providers: { anyone: { type: anonymous } } }");
        }
        // What is wrong with tls has been said.
        boolean asksForCertificates = tls == null ? listener.has("tls") : tls.clientAuth() != ClientAuth.NONE;
        return identity.chain(listener, asksForCertificates);
    }

    private static Limits limits(Section listener) {
        Section section = listener.section("limits", SettingsKeys.LISTENER_LIMITS);
        Limits usual = Limits.DEFAULT;
        return new Limits(
                Math.toIntExact(section.parsed(
                        "header-bytes", (long) usual.headerBytes(), t -> Amounts.bytes(t, KIB, KIB * KIB))),
                section.parsed("body-bytes", usual.bodyBytes(), t -> Amounts.bytes(t, 0, KIB * GIB)),
                section.parsed("connections", usual.connections(), t -> Amounts.whole(t, 1, 1_000_000)),
                section.parsed("concurrency", usual.concurrency(), t -> Amounts.whole(t, 1, 1_000_000)));
    }

    private static Timeouts timeouts(Section listener) {
        Section section = listener.section("timeouts", SettingsKeys.LISTENER_TIMEOUTS);
        Timeouts usual = Timeouts.DEFAULT;
        return new Timeouts(
                section.parsed("idle", usual.idle(), t -> Amounts.duration(t, LONGEST_WAIT)),
                section.parsed("request-head", usual.requestHead(), t -> Amounts.duration(t, LONGEST_WAIT)),
                section.parsed("min-rate", usual.minBytesPerSecond(), t -> Amounts.bytesPerSecond(t, 1, GIB)));
    }
}
