// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * When a record is durable, relative to the call.
 *
 * @since 0.1
 */
public enum Durability {
    /** The intent before the first upstream byte, the completion before the last response byte. */
    STRICT,
    /** Behind the response. */
    RELAXED
}
