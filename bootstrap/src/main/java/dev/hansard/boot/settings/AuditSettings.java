// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

/**
 * What is asked of those who look.
 *
 * @param needsReason whether a recorded content is only handed out to whoever says what for
 */
public record AuditSettings(boolean needsReason) {
    public static final AuditSettings DEFAULT = new AuditSettings(false);
}
