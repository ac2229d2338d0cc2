// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * What to do with a call when the recorder has no room for it.
 *
 * @since 0.1
 */
public enum OverloadAction {
    /** Refuse it with 503 before anything is sent upstream. */
    REJECT,
    /** Let it through and record it without its payloads, which counts as partial. */
    METADATA
}
