// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.recovery;

import dev.hansard.ports.identity.Visitor;

/**
 * Where the catalog of a running node is made again from its records. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface CatalogDesk {
    /**
     * Begins, unless it is under way already, and does not wait for the end. It is in the audit log.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not
     */
    CatalogRebuild begin(Visitor visitor);

    /** How far it is, or what came of the last one of this process. */
    CatalogRebuild state(Visitor visitor);
}
