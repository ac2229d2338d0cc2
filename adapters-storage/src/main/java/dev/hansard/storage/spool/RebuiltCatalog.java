// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.util.List;

/**
 * What came, or has come so far, of filling a catalog anew.
 *
 * @param segments those that were read, or could not be
 * @param ofSegments how many there are
 * @param rows that came from them
 * @param unreadable keys of those that could not be read, each with the reason
 */
public record RebuiltCatalog(long segments, long ofSegments, long rows, List<String> unreadable) {
    public RebuiltCatalog {
        unreadable = List.copyOf(unreadable);
    }
}
