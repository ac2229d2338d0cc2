// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * One of the two messages of a session.
 *
 * @since 0.1
 */
public enum Direction {
    REQUEST,
    RESPONSE
}
