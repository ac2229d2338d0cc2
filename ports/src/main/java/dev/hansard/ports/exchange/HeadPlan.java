// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * Which fields of a received head go on, and which are added. The listener serialises the outgoing head from this and
 * from nothing else. It never names {@code Content-Length} or {@code Transfer-Encoding}: framing belongs to the codec,
 * which drops the received ones and writes its own. Same lifetime as the head it was made for.
 *
 * @since 0.1
 */
public interface HeadPlan {
    /** Whether the field at {@code index} of the received head is sent on. */
    boolean keeps(int index);

    /** Hands the added fields to {@code sink}, in order; they follow the kept ones. */
    void added(FieldSink sink);

    /** Takes one field. Values have been checked: no control but HTAB (RFC 9110 section 5.5). */
    @FunctionalInterface
    interface FieldSink {
        void field(String name, String value);
    }
}
