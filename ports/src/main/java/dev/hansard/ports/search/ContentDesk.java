// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import dev.hansard.ports.identity.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Where people and programs look for sessions by their contents. Safe for any number of threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ContentDesk {
    /**
     * Begins a search among the sessions whose contents a visitor may read; it is in the audit log before it begins.
     * The caller closes it.
     *
     * @param query in the query language, with {@code body:"..."}
     * @param from the newest session that is looked at, its printed id; null to begin with the newest
     * @param maxBytes most bytes of records that are read, 1 to {@link ContentQuery#MAX_BYTES}
     * @throws dev.hansard.ports.session.InvalidQueryException when query or id is wrong
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not read contents
     */
    ContentSearch.Running search(Visitor visitor, String query, @Nullable String from, long maxBytes);
}
