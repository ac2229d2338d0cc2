// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import java.util.List;

/** Sessions that differ from another in one place. */
final class Sessions {
    private Sessions() {}

    static Session withTarget(Session s, String target) {
        return new Session(
                s.id(),
                s.service(),
                s.node(),
                s.listener(),
                s.startedAt(),
                s.durationMicros(),
                s.state(),
                s.ending(),
                s.code(),
                s.durability(),
                s.retention(),
                s.caller(),
                s.callerAddress(),
                s.method(),
                target,
                s.host(),
                target,
                s.request(),
                s.requestChanges(),
                s.upstream(),
                s.status(),
                s.reason(),
                s.response(),
                s.responseChanges(),
                s.timing(),
                s.traceId());
    }

    static Session withResponse(Session s, RecordedMessage response) {
        return new Session(
                s.id(),
                s.service(),
                s.node(),
                s.listener(),
                s.startedAt(),
                s.durationMicros(),
                s.state(),
                s.ending(),
                s.code(),
                s.durability(),
                s.retention(),
                s.caller(),
                s.callerAddress(),
                s.method(),
                s.target(),
                s.host(),
                s.receivedTarget(),
                s.request(),
                s.requestChanges(),
                s.upstream(),
                s.status(),
                s.reason(),
                response,
                s.responseChanges(),
                s.timing(),
                s.traceId());
    }

    /** Both messages with those fields and content of that length. */
    static Session withFields(Session s, List<Field> fields, int length) {
        var message = new RecordedMessage(fields, List.of(), length, length, null, false, Masking.CLEAN);
        return withResponse(withRequest(s, message), message);
    }

    static Session withRequest(Session s, RecordedMessage request) {
        return new Session(
                s.id(),
                s.service(),
                s.node(),
                s.listener(),
                s.startedAt(),
                s.durationMicros(),
                s.state(),
                s.ending(),
                s.code(),
                s.durability(),
                s.retention(),
                s.caller(),
                s.callerAddress(),
                s.method(),
                s.target(),
                s.host(),
                s.receivedTarget(),
                request,
                s.requestChanges(),
                s.upstream(),
                s.status(),
                s.reason(),
                s.response(),
                s.responseChanges(),
                s.timing(),
                s.traceId());
    }
}
