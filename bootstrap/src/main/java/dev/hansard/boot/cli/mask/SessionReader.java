// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.core.masking.Inspection;
import dev.hansard.core.masking.scan.StoredMessage;
import dev.hansard.core.masking.scan.StoredSession;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole sessions from a node. One that is gone, or that the node cannot read, does not end the reading; a node
 * that does not answer at all does. Belongs to one thread.
 */
final class SessionReader {
    /** The longest content that is read. Masking keeps none that is longer than 8 MiB, and makes it little longer. */
    static final int MOST_CONTENT_BYTES = Inspection.MAX_CONTENT_BYTES;

    /** After so many failures one after the other it is not the sessions that cannot be read, but the node. */
    static final int MOST_FAILURES = 5;

    private final AdminClient client;
    private int failures;

    SessionReader(AdminClient client) {
        this.client = client;
    }

    /** The session of a row; null when it cannot be read. */
    @Nullable
    StoredSession read(JsonNode row) {
        try {
            var id = SessionId.parse(row.path("id").asText(""));
            JsonNode session = client.json("/api/v1/sessions/" + id);
            var service = new ServiceName(session.path("service").asText(""));
            failures = 0;
            return new StoredSession(
                    id, service, message(session, id, Direction.REQUEST), message(session, id, Direction.RESPONSE));
        } catch (CommandFailedException e) {
            failed(e);
            return null;
        } catch (InvalidValueException _) {
            return null; // What a newer node may call a session.
        }
    }

    private void failed(CommandFailedException failure) {
        // Whoever may not read one content may read none; a scan that found nothing would be taken for a good one.
        if (failure.isNotAllowed()) {
            throw failure;
        }
        boolean isOfTheSession = failure.exitCode() == ExitCode.NOT_FOUND || failure.exitCode() == ExitCode.USAGE;
        failures = isOfTheSession ? 0 : failures + 1;
        if (failures >= MOST_FAILURES) {
            throw failure;
        }
    }

    private StoredMessage message(JsonNode session, SessionId id, Direction direction) {
        String side = direction.name().toLowerCase(Locale.ROOT);
        JsonNode message = session.path(side);
        List<Field> fields = new ArrayList<>();
        List.of(
                        message.path("headers"),
                        message.path("trailers"),
                        session.path(side + "Changes").path("added"))
                .forEach(lines -> lines.forEach(line -> fields.add(
                        new Field(line.path(0).asText(""), line.path(1).asText("")))));
        Set<String> targets = new LinkedHashSet<>();
        List.of("target", "receivedTarget")
                .forEach(name -> targets.add(message.path(name).asText("")));
        targets.remove("");
        return new StoredMessage(
                direction,
                List.copyOf(targets),
                fields,
                content(message, "/api/v1/sessions/" + id + "/" + side + "/body?view=decoded"),
                message.path("truncated").asBoolean(),
                masking(message));
    }

    private static Masking masking(JsonNode message) {
        List<MaskedPlace> places = new ArrayList<>();
        for (JsonNode place : message.path("masking").path("places")) {
            places.add(new MaskedPlace(
                    place.path("rule").asText(""), place.path("at").asText("")));
        }
        MaskStatus status = switch (message.path("maskStatus").asText("")) {
            case "masked" -> MaskStatus.MASKED;
            case "withheld" -> MaskStatus.WITHHELD;
            default -> MaskStatus.CLEAN;
        };
        return new Masking(status, null, false, null, "", Map.of(), places);
    }

    private StoredMessage.Content content(JsonNode message, String path) {
        if (message.path("keptBytes").asLong() <= 0) {
            return new StoredMessage.None();
        }
        try (InputStream in = client.get(path, Map.of("Accept", "*/*")).body()) {
            byte[] content = in.readNBytes(MOST_CONTENT_BYTES + 1);
            failures = 0;
            return content.length > MOST_CONTENT_BYTES
                    ? new StoredMessage.Unreadable()
                    : new StoredMessage.Kept(ByteBuffer.wrap(content));
        } catch (IOException e) {
            failed(client.brokenOff(e));
        } catch (CommandFailedException e) {
            failed(e);
        }
        return new StoredMessage.Unreadable();
    }
}
