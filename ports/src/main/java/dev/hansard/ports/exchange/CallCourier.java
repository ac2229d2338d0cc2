// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Carries calls through whose callers are not connected, in all else as if they were: the same intent, forwarding,
 * record and limits. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface CallCourier {
    /**
     * Carries a call to its end and finishes it. Blocks as long as that takes.
     *
     * @param body all of the content; null when there is none
     * @param mostBytes of the response's content that are kept
     * @return what the caller would have got; null when it was longer, or broke off: the record tells the rest
     */
    @Nullable
    CarriedResponse carry(Call call, RequestHead head, @Nullable RequestBody body, int mostBytes);
}
