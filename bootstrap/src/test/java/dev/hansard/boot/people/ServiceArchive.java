// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.people;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole sessions behind a catalog, each with a content that names it. */
final class ServiceArchive implements SessionArchive {
    private final Map<SessionId, Session> sessions = new HashMap<>();

    ServiceArchive(List<CatalogEntry> entries) {
        for (CatalogEntry entry : entries) {
            SessionId id = entry.summary().id();
            sessions.put(
                    id,
                    SessionBuilder.aSession()
                            .id(id)
                            .service(entry.summary().service().value())
                            .build());
        }
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public Optional<InputStream> openBody(SessionId id, Direction direction) {
        return find(id).map(_ -> new ByteArrayInputStream(id.toString().getBytes(StandardCharsets.US_ASCII)));
    }
}
