// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.config;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.config.ConfigDesk;
import dev.hansard.ports.config.ConfigSource;
import dev.hansard.ports.config.Reloading;
import dev.hansard.ports.config.Reloading.Remark;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Has the configuration read again, for people and for the node itself. Safe for any number of threads. */
public final class ConfigOffice implements ConfigDesk {
    private final ConfigSource source;
    private final Auditor auditor;
    private final AtomicReference<String> trouble = new AtomicReference<>("");

    public ConfigOffice(ConfigSource source, Auditor auditor) {
        this.source = source;
        this.auditor = auditor;
    }

    @Override
    public Reloading reload(Visitor visitor) {
        auditor.require(visitor, Permission.OPERATE, "config");
        auditor.does(visitor, AuditAction.CONFIGURATION_RELOADED, "asked", null);
        return noted(source.apply());
    }

    /**
     * For the node itself.
     *
     * @param why such as {@code signal}
     */
    public Reloading reload(String why) {
        auditor.node(AuditAction.CONFIGURATION_RELOADED, why);
        return noted(source.apply());
    }

    private Reloading noted(Reloading reloading) {
        switch (reloading) {
            case Reloading.Applied applied -> {
                trouble.set("");
                auditor.node(
                        AuditAction.CONFIGURATION_LOADED,
                        "policies " + applied.version() + ", changed " + listed(applied.changed())
                                + ", needs a restart " + listed(applied.needRestart()));
            }
            case Reloading.Kept(List<Remark> problems) -> {
                long errors = problems.stream().filter(Remark::isError).count();
                trouble.set("the configuration has " + errors + (errors == 1 ? " error" : " errors")
                        + ", so that the last good one stays in force");
                auditor.node(AuditAction.CONFIGURATION_KEPT, errors + (errors == 1 ? " error" : " errors"));
            }
            case Reloading.Unchangeable _ -> {
                // Nothing was read.
            }
        }
        return reloading;
    }

    private static String listed(List<String> sections) {
        return sections.isEmpty() ? "nothing" : String.join(" ", sections);
    }

    /** Why the configuration that is written is not in force; empty when it is. */
    public String trouble() {
        return trouble.get();
    }
}
