// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.usage;

import java.util.Locale;

/**
 * How much room the disk of the spool has, in order from good to bad.
 *
 * @since 0.1
 */
public enum DiskGrade {
    /** Enough. */
    OK(0),
    /** Somebody should see to it; every call goes on. */
    LOW(1),
    /** Strict calls are refused before the disk is full, so that those in flight end well. */
    SCARCE(2),
    /** The disk is full; calls in flight are recorded in the room that was kept back for them. */
    RESERVE(3);

    private final int level;

    DiskGrade(int level) {
        this.level = level;
    }

    /** How bad it is: 0 is well, and more is worse. */
    public int level() {
        return level;
    }

    /** As it is written: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
