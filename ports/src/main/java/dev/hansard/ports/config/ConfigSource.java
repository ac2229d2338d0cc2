// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.config;

/**
 * Where the configuration comes from. Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ConfigSource {
    /** There is no file to read again. */
    ConfigSource NONE = () -> Reloading.Unchangeable.NO_FILE;

    /** Reads it and puts in force what can be changed; all or nothing. Never throws because of what it says. */
    Reloading apply();
}
