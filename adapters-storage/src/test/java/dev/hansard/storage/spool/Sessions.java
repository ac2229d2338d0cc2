// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import java.util.List;

/** Sessions that differ from another in one place. */
final class Sessions {
    private Sessions() {}

    static Session withTarget(Session s, String target) {
        return SessionBuilder.like(s).target(target).build();
    }

    static Session withResponse(Session s, RecordedMessage response) {
        return SessionBuilder.like(s).response(response).build();
    }

    /** Both messages with those fields and content of that length. */
    static Session withFields(Session s, List<Field> fields, int length) {
        RecordedMessage message = SessionBuilder.message(fields, length);
        return withResponse(withRequest(s, message), message);
    }

    static Session withRequest(Session s, RecordedMessage request) {
        return SessionBuilder.like(s).request(request).build();
    }
}
