// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

/**
 * An event in the log.
 *
 * @param number its place: 1 for the first, without a gap
 * @since 0.1
 */
public record AuditEntry(long number, AuditEvent event) {}
