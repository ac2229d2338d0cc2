// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

/**
 * What retention keeps in the control data.
 *
 * @since 0.1
 */
public interface RetentionRecords {
    Holds holds();

    RetentionNotes notes();

    ForeignRemovals removals();
}
