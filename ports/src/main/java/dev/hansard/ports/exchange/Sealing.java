// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * Whether the last byte of a response may be sent.
 *
 * @since 0.1
 */
public enum Sealing {
    /** The record is as durable as the service asks: send the last byte. */
    SEALED,
    /** It is not, and the service is strict: reset the caller's connection, so that it never sees a clean end (I2). */
    UNSEALED
}
