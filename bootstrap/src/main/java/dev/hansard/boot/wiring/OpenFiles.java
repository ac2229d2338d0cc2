// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets the process may open. */
final class OpenFiles {
    private static final int UNKNOWN = 1 << 20;

    private OpenFiles() {}

    static int limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
                : UNKNOWN;
    }
}
