// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A segment as its key describes it: sessions of one service and retention class that started within one hour; or what
 * is left of one whose records were removed, the rows of its sessions.
 *
 * @param key in the payload store, {@code SERVICE/CLASS/YYYY/MM/DD/HH/ID.warc.zst}, or {@code .rows.zst} for rows
 * @param hour its beginning
 * @since 0.1
 */
public record Segment(String key, ServiceName service, RetentionClass retention, Instant hour) {
    /** What one segment spans. */
    public static final Duration SPAN = Duration.ofHours(1);

    /** What the keys of segments with records end with. */
    public static final String RECORDS = ".warc.zst";

    /** What the keys of segments end with of which only rows are left. */
    public static final String ROWS = ".rows.zst";

    private static final Pattern KEY =
            Pattern.compile("([^/]+)/([^/]+)/([0-9]{4})/([0-9]{2})/([0-9]{2})/([0-9]{2})/[^/]+\\.(?:warc|rows)\\.zst");

    /** The segment of a key; null when the key is not one of a segment. */
    public static @Nullable Segment parse(String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            return null;
        }
        try {
            var hour = LocalDateTime.of(number(parts, 3), number(parts, 4), number(parts, 5), number(parts, 6), 0);
            return new Segment(
                    key,
                    new ServiceName(parts.group(1)),
                    new RetentionClass(parts.group(2)),
                    hour.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | InvalidValueException _) {
            return null;
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /** Whether only rows are left: what people look sessions up by, and no content. */
    public boolean isRows() {
        return isRows(key);
    }

    /** Whether a container of frames has only rows in the place of frames. */
    public static boolean isRows(String container) {
        return container.endsWith(ROWS);
    }

    /** All its sessions started before this. */
    public Instant end() {
        return hour.plus(SPAN);
    }
}
