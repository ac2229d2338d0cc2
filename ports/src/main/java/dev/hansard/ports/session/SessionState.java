// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * How whole a session is.
 *
 * @since 0.1
 */
public enum SessionState {
    /** Request and final response went through whole. */
    COMPLETE,
    /** It broke off; {@link Session#ending()} says how, and the bytes seen are counted. */
    INCOMPLETE,
    /** Hansard answered in the upstream's place. */
    REFUSED
}
