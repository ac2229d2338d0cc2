// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.identity.IdentityReader;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads what concerns the whole node: {@code admin}, {@code audit}, {@code ledger}, {@code telemetry}. */
final class NodeReader {
    private static final Duration LONGEST_SESSION = Duration.ofDays(7);
    private static final Duration LONGEST_CHECKPOINT = Duration.ofHours(1);

    private final Section root;
    private final Problems problems;

    NodeReader(Section root) {
        this.root = root;
        this.problems = root.problems();
    }

    AdminSettings admin(List<ListenerSettings> listeners, IdentityReader identity) {
        Section section = root.section("admin", SettingsKeys.ADMIN);
        AdminSettings usual = AdminSettings.DEFAULT;
        ListenAddress address = section.parsed("address", usual.address(), ListenAddress::parse);
        Position at = section.placeOf("address");
        listeners.stream()
                .filter(listener -> listener.address().clashesWith(address))
                .findFirst()
                .ifPresent(listener -> problems.error(
                        at,
                        section.child("address") + " is taken by listener '" + listener.name() + "'",
                        "the admin plane needs an address of its own"));
        AdminSettings admin = admin(section, address, identity);
        boolean isSafe = admin.asksWhoComes() && PublicUrl.isSecure(admin.publicUrl());
        if (!address.isLoopback() && !isSafe) {
            problems.error(
                    at,
                    section.child("address")
                            + " is not on loopback, but whoever comes is not asked who they are over TLS",
                    "write admin.login or admin.identity and an https admin.public-url, or 127.0.0.1 and reach it"
                            + " through a tunnel, such as ssh -L");
        }
        return admin;
    }

    private AdminSettings admin(Section section, ListenAddress address, IdentityReader identity) {
        Section session = section.section("session", SettingsKeys.ADMIN_SESSION);
        Duration idle = session.parsed("idle", AdminSettings.IDLE, t -> Amounts.duration(t, LONGEST_SESSION));
        Duration absolute =
                session.parsed("absolute", AdminSettings.ABSOLUTE, t -> Amounts.duration(t, LONGEST_SESSION));
        if (!idle.isPositive() || idle.compareTo(absolute) > 0) {
            problems.error(
                    session.placeOf(session.has("idle") ? "idle" : "absolute"),
                    session.child("idle") + " must be more than 0 and at most " + session.child("absolute"),
                    "write session: { idle: 30m, absolute: 12h }");
            idle = AdminSettings.IDLE;
            absolute = AdminSettings.ABSOLUTE;
        }
        return new AdminSettings(
                address,
                identity.admin(section),
                identity.login(section),
                section.parsed("public-url", null, PublicUrl::parse),
                idle,
                absolute);
    }

    AuditSettings audit() {
        Section section = root.section("audit", SettingsKeys.AUDIT);
        return new AuditSettings(section.choice(
                "read-reason",
                AuditSettings.DEFAULT.needsReason(),
                Map.of("required", true, "optional", false),
                List.of()));
    }

    Reload reload() {
        return root.choice("reload", Reload.WATCH, Map.of("watch", Reload.WATCH, "manual", Reload.MANUAL), List.of());
    }

    LedgerSettings ledger(Paths paths) {
        Section section = root.section("ledger", SettingsKeys.LEDGER);
        LedgerSettings usual = LedgerSettings.DEFAULT;
        Duration every = section.parsed(
                "checkpoint-every", usual.checkpointEvery(), text -> Amounts.duration(text, LONGEST_CHECKPOINT));
        if (!every.isPositive()) {
            problems.error(
                    section.placeOf("checkpoint-every"),
                    section.child("checkpoint-every") + " must be more than 0",
                    "write checkpoint-every: 10s");
        }
        return new LedgerSettings(every, section.parsed("key-file", usual.keyFile(), paths::resolve));
    }

    LogSettings log() {
        Section telemetry = root.section("telemetry", SettingsKeys.TELEMETRY);
        Section section = telemetry.section("log", SettingsKeys.LOG);
        LogSettings usual = LogSettings.DEFAULT;
        return new LogSettings(
                section.choice(
                        "level",
                        usual.level(),
                        Map.of(
                                "error", LogSettings.Level.ERROR,
                                "warn", LogSettings.Level.WARN,
                                "info", LogSettings.Level.INFO,
                                "debug", LogSettings.Level.DEBUG,
                                "trace", LogSettings.Level.TRACE),
                        List.of()),
                section.choice(
                        "format",
                        usual.format(),
                        Map.of(
                                "auto", LogSettings.Format.AUTO,
                                "text", LogSettings.Format.TEXT,
                                "json", LogSettings.Format.JSON),
                        List.of()));
    }

    /** Reports a version that is missing or not 1. */
    void version() {
        String hint = "the first line is version: 1";
        if (!root.has("version")) {
            problems.error(root.at(), "version is missing", hint);
            return;
        }
        root.parsed("version", true, text -> {
            if (!text.equals("1")) {
                throw new MisfitException("1", "this release knows version 1 only");
            }
            return true;
        });
        if (root.find("version") instanceof Tree.Scalar scalar && scalar.type() == Tree.Type.TEXT) {
            problems.error(scalar.at(), "version must be a number, but is text", hint);
        }
    }
}
