// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.recovery.BackupDesk;
import dev.hansard.ports.recovery.CatalogRebuild;
import java.io.IOException;

/** Takes backups, and has the catalog made again. */
final class RecoveryCalls {
    private static final String ZIP = "application/zip";

    private final RecoveryDesks desks;

    RecoveryCalls(RecoveryDesks desks) {
        this.desks = desks;
    }

    void backup(Exchange exchange) throws IOException {
        exchange.query();
        BackupDesk desk = desks.backup();
        if (desk == null) {
            throw new RefusedException(
                    409,
                    "backup_by_database",
                    "The control data of this node are copied by the means of the database that holds them.");
        }
        BackupDesk.Archive archive = desk.take(exchange.visitor());
        exchange.stream(200, ZIP, -1, archive::writeTo);
    }

    void state(Exchange exchange) {
        exchange.query();
        exchange.send(answer(200, desks.catalog().state(exchange.visitor())));
    }

    void rebuild(Exchange exchange) {
        exchange.query();
        exchange.send(answer(202, desks.catalog().begin(exchange.visitor())));
    }

    private static Answer answer(int status, CatalogRebuild so) {
        return new Answer(status, Answer.JSON, Json.bytes(json -> {
            json.writeStringField("state", so.state().word());
            json.writeNumberField("segments", so.segments());
            json.writeNumberField("ofSegments", so.ofSegments());
            json.writeNumberField("sessions", so.sessions());
            json.writeArrayFieldStart("unreadable");
            for (String line : so.unreadable()) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeStringField("trouble", so.trouble());
        }));
    }
}
