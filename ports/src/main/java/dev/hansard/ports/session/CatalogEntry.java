// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * One row of the catalog.
 *
 * @param sequence place in the order of records, from 1, in which the live tail shows them; given to a catalog it is
 *     the place among the records of its node, see {@link SessionCatalog}
 * @since 0.1
 */
public record CatalogEntry(long sequence, SessionSummary summary, FrameLocation location) {}
