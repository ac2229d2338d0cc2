// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.MaskingTools;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.masking.Patterns.Rejected;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Stored sessions for tests. */
final class Stored {
    static final ServiceName PAYMENTS = new ServiceName("payments");
    static final ServiceName SEARCH = new ServiceName("search");

    private static final StoredMessage NOTHING =
            new StoredMessage(Direction.RESPONSE, List.of(), List.of(), new StoredMessage.None(), false, Masking.CLEAN);

    private Stored() {}

    static LeakScan scan() {
        return scan(ListedRules.UNKNOWN);
    }

    static LeakScan scan(ListedRules listed) {
        return new LeakScan(
                listed, new MaskingTools((_, _) -> null, _ -> new Rejected(0, "there are no patterns here"), () -> 0));
    }

    static ScanReport report(StoredSession... sessions) {
        LeakScan scan = scan();
        List.of(sessions).forEach(scan::look);
        return scan.report();
    }

    static SessionId id(long number) {
        return new SessionId((number << 16) | 0x7000, 2L << 62);
    }

    /** A session whose request has that content. */
    static StoredSession body(long number, String contentType, String content) {
        return session(
                number,
                "/",
                List.of(new Field("Content-Type", contentType)),
                new StoredMessage.Kept(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8))),
                Masking.CLEAN);
    }

    static StoredSession json(long number, String content) {
        return body(number, "application/json", content);
    }

    static StoredSession head(long number, String target, Field... fields) {
        return session(number, target, List.of(fields), new StoredMessage.None(), Masking.CLEAN);
    }

    /** A session in whose request these places were masked, such as {@code default:card /card}. */
    static StoredSession masked(ServiceName service, long number, String... rulesAndPlaces) {
        List<MaskedPlace> places = List.of(rulesAndPlaces).stream()
                .map(text ->
                        new MaskedPlace(text.substring(0, text.indexOf(' ')), text.substring(text.indexOf(' ') + 1)))
                .toList();
        var masking = new Masking(MaskStatus.MASKED, null, false, null, "", Map.of(), places);
        StoredSession session = session(number, "/", List.of(), new StoredMessage.None(), masking);
        return new StoredSession(session.id(), service, session.request(), session.response());
    }

    static StoredSession session(
            long number, String target, List<Field> fields, StoredMessage.Content content, Masking masking) {
        var request = new StoredMessage(Direction.REQUEST, List.of(target), fields, content, false, masking);
        return new StoredSession(id(number), PAYMENTS, request, NOTHING);
    }
}
