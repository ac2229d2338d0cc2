// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.masking;

import java.util.Map;

/**
 * What masking kept out of the records of one node since its start. Counted are messages, once for each record that was
 * made of a call; none of it ever touched the call.
 *
 * @param failures records in which masking itself failed at a message, or at all of it: a bug of ours
 * @param withheldRequests requests of which the content is withheld, by reason, a stable word such as {@code syntax}
 * @param withheldResponses responses of which the content is withheld, likewise
 * @since 0.1
 */
public record MaskCounts(long failures, Map<String, Long> withheldRequests, Map<String, Long> withheldResponses) {
    /** Nothing was withheld. */
    public static final MaskCounts NONE = new MaskCounts(0, Map.of(), Map.of());

    public MaskCounts {
        withheldRequests = Map.copyOf(withheldRequests);
        withheldResponses = Map.copyOf(withheldResponses);
    }
}
