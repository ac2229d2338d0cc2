// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.IOException;

/**
 * There is no room on the disk, or the quota is used up. A retry is safe and succeeds once there is room.
 *
 * @since 0.1
 */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }

    public DiskFullException(String message) {
        super(message);
    }
}
