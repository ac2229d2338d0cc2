// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import dev.hansard.ports.notify.Notice;
import java.nio.charset.StandardCharsets;

/**
 * A notice on its way. Its id stays the same for all attempts, so that the other side can tell that it had it already.
 *
 * @param bornNanos when it was given to the sink, on the clock that only goes forward
 */
record Delivery(String id, String type, String content, long bornNanos) {
    static Delivery of(Notice notice, String id, long bornNanos) {
        String content = "{\"type\":\"" + notice.type() + "\",\"timestamp\":\"" + notice.at() + "\",\"data\":"
                + notice.data() + "}";
        return new Delivery(id, notice.type(), content, bornNanos);
    }

    byte[] bytes() {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
