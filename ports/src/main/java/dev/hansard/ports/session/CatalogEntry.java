// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * One row of the catalog.
 *
 * @param sequence place in the node's order of records, from 1, without gaps; the order of the live tail
 * @since 0.1
 */
public record CatalogEntry(long sequence, SessionSummary summary, FrameLocation location) {}
