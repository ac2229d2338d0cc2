// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.seal;

import dev.hansard.ports.exchange.Field;
import java.util.List;

/**
 * What came in of a request, as far as it takes to admit it again.
 *
 * @param target as it was received
 * @param fields as they were received, without those that proved who the caller is: they were meant for Hansard alone
 * @param callerAddress textual IP address of the caller
 * @param restartsTrace whether a received trace context was not trusted
 * @param traceparent the trace that was begun for it, or came with it
 */
public record ReceivedRequest(
        String target, List<Field> fields, String callerAddress, boolean restartsTrace, String traceparent) {
    public ReceivedRequest {
        fields = List.copyOf(fields);
    }
}
