// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.ports.audit.AuditEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What contents are read for. The node writes it down, and may hand out none without it. */
public final class ReasonOption {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "What you read contents for; it is in the audit log (default: $HANSARD_REASON).")
    private @Nullable String written;

    /** Speaks to the node as somebody with that reason. */
    public AdminClient client(AdminOption admin, Terminal terminal) {
        return admin.client(terminal, reason(terminal));
    }

    private @Nullable String reason(Terminal terminal) {
        String text = written == null ? terminal.environment().getOrDefault("HANSARD_REASON", "") : written;
        String reason = text.strip();
        if (reason.isEmpty() && written == null) {
            return null;
        }
        // It travels in a field of HTTP, where other characters have no one spelling.
        boolean isVisible = reason.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (reason.isEmpty() || reason.length() > AuditEvent.LONGEST_REASON || !isVisible) {
            throw CommandFailedException.usage(
                    "--reason must be 1 to " + AuditEvent.LONGEST_REASON + " ASCII characters in one line",
                    "check HANSARD_REASON as well");
        }
        return reason;
    }
}
