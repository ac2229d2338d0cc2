// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * How an exchange ended, as its record says.
 *
 * @since 0.1
 */
public enum Ending {
    /** The whole response was read, and sent but for what waits for the record. */
    COMPLETE,
    /** Hansard answered in the upstream's place. */
    ANSWERED_BY_GATEWAY,
    /** The caller went away or broke the framing before the end. */
    CALLER_ABORTED,
    /** The caller was too slow and was closed at a deadline. */
    CALLER_TOO_SLOW,
    /** The upstream broke off in the middle of its response. */
    UPSTREAM_ABORTED,
    /** The upstream sent nothing for longer than allowed, in the middle of its response. */
    UPSTREAM_TOO_SLOW,
    /** Hansard was told to stop and the drain time was over. */
    SHUTDOWN,
    /** Hansard died or lost power while the call was in flight; the outcome upstream is unknown. */
    UNKNOWN
}
