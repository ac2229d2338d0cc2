// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.config;

import dev.hansard.ports.identity.Visitor;

/**
 * Where somebody has the configuration read again. Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ConfigDesk {
    /**
     * Reads it, and puts in force what can be changed while the node runs: all of that or, if anything in the
     * configuration is wrong, nothing.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not
     */
    Reloading reload(Visitor visitor);
}
