// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.value.SessionId;
import java.util.UUID;

/** Values of columns. */
final class Columns {
    private Columns() {}

    static UUID uuid(SessionId id) {
        return new UUID(id.high(), id.low());
    }

    static SessionId session(UUID id) {
        return new SessionId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
