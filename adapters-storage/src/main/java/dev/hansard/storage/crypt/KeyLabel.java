// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a data key is for: the sessions of one service and retention class that began on one UTC day. Segments are
 * divided by the same, so the keys of what expires together can be destroyed together.
 */
public record KeyLabel(ServiceName service, RetentionClass retention, LocalDate day) {
    private static final int LAST_YEAR = 9999;
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);

    public KeyLabel {
        if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
            throw new InvalidValueException(
                    "day of a data key must be of the years 1 to " + LAST_YEAR + ", but is " + day);
        }
    }

    /**
     * The label of a session.
     *
     * @throws InvalidValueException when it began in no year that has four digits
     */
    public static KeyLabel of(ServiceName service, RetentionClass retention, Instant startedAt) {
        try {
            return new KeyLabel(service, retention, LocalDate.ofInstant(startedAt, ZoneOffset.UTC));
        } catch (DateTimeException _) {
            throw new InvalidValueException("session of " + service + " began outside of all calendars");
        }
    }

    /** Where its keys are in the payload store: beside the hours of its day. */
    String folder() {
        return service + "/" + retention + "/" + FOLDER.format(day) + "/keys/";
    }

    /** Binds a wrapped key to what it is for. */
    String purpose(long id) {
        return this + "/" + HexFormat.of().toHexDigits(id);
    }

    @Override
    public String toString() {
        return service + "/" + retention + "/" + day;
    }
}
