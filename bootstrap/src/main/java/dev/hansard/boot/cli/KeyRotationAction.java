// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.Settings;

/** Wraps the keys of what is stored by the newest key-encryption key. */
public interface KeyRotationAction {
    /**
     * What was done.
     *
     * @param wrappedBy the key-encryption key that all data keys need now
     * @param rewrapped how many needed another one
     * @param already how many did not
     */
    record Done(String wrappedBy, int rewrapped, int already) {}

    /**
     * Goes through all of them.
     *
     * @throws CommandFailedException when it cannot to the end
     */
    Done rotate(Settings settings);
}
