// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.masking.MaskCounts;
import java.util.Map;

/**
 * Counters of one node since its start. Once no call is in flight, {@code received} is the sum of
 * {@code recorded}, {@code partial}, {@code unrecorded} and {@code refused}.
 *
 * @param received requests whose head came in or was refused, and connections turned away before they could bring one
 * @param forwarded calls of which at least one byte was sent to an upstream
 * @param recorded calls with a record that holds all that was seen
 * @param partial calls with a record that says what it lacks: truncated, without payload, or broken off
 * @param unrecorded calls of which something was sent to an upstream although no record could be made. A relaxed
 *     service's caller does not notice; a strict one's finds its connection reset before the response's end
 * @param refused calls that Hansard answered itself, by code
 * @param inFlight calls that have not ended
 * @param masking what masking withheld from the records
 * @since 0.1
 */
public record CallCounts(
        long received,
        long forwarded,
        long recorded,
        long partial,
        long unrecorded,
        Map<String, Long> refused,
        long inFlight,
        MaskCounts masking) {
    public CallCounts {
        refused = Map.copyOf(refused);
    }
}
