// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.identity.Visitor;

/**
 * Where sessions are looked at. Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SessionDesk {
    /**
     * The sessions as one visitor may see them, for one request. What is outside the visitor's scope is not there:
     * neither in lists nor by its id. Its methods throw {@link dev.hansard.ports.identity.NotAllowedException} for what
     * the visitor may not do at all; a content is only handed out once that is in the audit log.
     */
    Sessions of(Visitor visitor);
}
