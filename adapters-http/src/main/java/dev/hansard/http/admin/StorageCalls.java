// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.usage.StorageDesk;
import dev.hansard.ports.usage.StorageDesk.Checked;
import dev.hansard.ports.usage.StorageDesk.Finding;
import dev.hansard.ports.usage.StorageUse;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows what is stored, and checks it. */
final class StorageCalls {
    private final StorageDesk desk;

    StorageCalls(StorageDesk desk) {
        this.desk = desk;
    }

    void use(Exchange exchange) {
        exchange.query();
        StorageUse use = desk.use(exchange.visitor());
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> write(json, use))));
    }

    private static void write(JsonGenerator json, StorageUse use) throws IOException {
        json.writeStringField("at", use.at().toString());
        json.writeArrayFieldStart("items");
        for (StorageUse.Item item : use.items()) {
            write(json, item);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("services");
        for (StorageUse.OfService service : use.services()) {
            write(json, service);
        }
        json.writeEndArray();
        StorageUse.Disk disk = use.disk();
        json.writeObjectFieldStart("disk");
        json.writeStringField("grade", disk.grade().word());
        if (disk.freeBytes() >= 0) {
            json.writeNumberField("freeBytes", disk.freeBytes());
        }
        writeTime(json, "fullAt", disk.fullAt());
        json.writeEndObject();
        json.writeArrayFieldStart("alerts");
        for (Alert alert : use.alerts()) {
            write(json, alert);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, StorageUse.Item item) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", item.service().value());
        json.writeStringField("class", item.retention().value());
        json.writeNumberField("segments", item.segments());
        json.writeNumberField("sessions", item.sessions());
        json.writeNumberField("bytes", item.bytes());
        json.writeStringField("oldest", item.oldest().toString());
        json.writeStringField("newest", item.newest().toString());
        json.writeNumberField("bytesPerDay", item.bytesPerDay());
        if (item.expectedBytes() >= 0) {
            json.writeNumberField("expectedBytes", item.expectedBytes());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, StorageUse.OfService service) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", service.service().value());
        json.writeNumberField("sessions", service.sessions());
        json.writeNumberField("bytes", service.bytes());
        json.writeNumberField("spooledBytes", service.spooledBytes());
        json.writeNumberField("bytesPerDay", service.bytesPerDay());
        json.writeArrayFieldStart("days");
        for (StorageUse.Day day : service.days()) {
            json.writeStartObject();
            json.writeStringField("day", day.day().toString());
            json.writeNumberField("sessions", day.sessions());
            json.writeNumberField("bytes", day.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        StorageUse.Quota quota = service.quota();
        if (quota != null) {
            json.writeObjectFieldStart("quota");
            json.writeNumberField("limitBytes", quota.limitBytes());
            json.writeStringField("whenFull", quota.whenFull().word());
            json.writeBooleanField("exceeded", quota.isExceeded());
            writeTime(json, "fullAt", quota.fullAt());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Alert alert) throws IOException {
        json.writeStartObject();
        json.writeStringField("subject", alert.subject());
        json.writeNumberField("level", alert.level());
        json.writeStringField("state", alert.state());
        json.writeStringField("detail", alert.detail());
        json.writeStringField("since", alert.since().toString());
        json.writeEndObject();
    }

    private static void writeTime(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        if (time != null) {
            json.writeStringField(name, time.toString());
        }
    }

    void check(Exchange exchange) {
        String cursor = exchange.query("cursor").get("cursor", "");
        Checked checked;
        try {
            checked = desk.check(exchange.visitor(), cursor);
        } catch (InvalidValueException e) {
            throw RefusedException.invalidParameter("Parameter 'cursor': " + e.getMessage());
        }
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            json.writeStringField("part", checked.part().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("checked", checked.count());
            json.writeArrayFieldStart("findings");
            for (Finding finding : checked.findings()) {
                json.writeStartObject();
                json.writeStringField("part", finding.part().name().toLowerCase(Locale.ROOT));
                json.writeStringField("name", finding.name());
                json.writeStringField("text", finding.text());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (checked.next() != null) {
                json.writeStringField("nextCursor", checked.next());
            }
        })));
    }
}
