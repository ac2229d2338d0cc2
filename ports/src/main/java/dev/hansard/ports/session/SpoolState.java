// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * Whether the spool can make records durable.
 *
 * @since 0.1
 */
public sealed interface SpoolState {
    /** It can. */
    record Working() implements SpoolState {}

    /**
     * The disk has hardly any room: calls in flight are recorded, strict ones that are new are refused until there is
     * room again.
     *
     * @param reason for people: how much is left
     */
    record Scarce(String reason) implements SpoolState {}

    /**
     * It cannot; strict calls are refused until it heals by itself.
     *
     * @param reason for people: which file, what the system said
     */
    record Failing(String reason) implements SpoolState {}
}
