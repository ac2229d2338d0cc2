// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * A place in the spool: everything before it has been indexed.
 *
 * @param file number of the spool file; 0 before the first
 * @param offset bytes from the start of that file
 * @since 0.1
 */
public record SpoolPosition(long file, long offset) {
    public static final SpoolPosition START = new SpoolPosition(0, 0);
}
