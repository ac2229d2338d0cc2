// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * What masking did to one recorded message.
 *
 * @since 0.1
 */
public enum MaskStatus {
    /** Nothing had to be masked. */
    CLEAN,
    /** At least one value was masked. */
    MASKED,
    /** The content could not be masked safely and is not kept. */
    WITHHELD
}
