// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.value.InvalidValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A window of time that comes again: {@code 22:00-05:00 Europe/Berlin}, {@code mon-fri 08:00-18:00 UTC}. It begins with
 * its first minute and ends before its last; one that ends before it begins goes on past midnight and belongs to the
 * day on which it began. Times are those of its zone's clocks, daylight saving time included. Immutable; looking at it
 * leaves no garbage.
 *
 * @param text as it was written
 * @param zone whose clocks are meant
 * @param days one bit for each day on which it begins, Monday first
 * @param from minute of the day at which it begins, 0 to 1439
 * @param to minute of the day before which it ends, 0 to 1439; the same as {@code from} for a whole day
 */
public record TimeWindow(String text, ZoneId zone, int days, int from, int to) {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int ALL_DAYS = 0x7F;
    private static final int DAY_MINUTES = 24 * 60;
    private static final int DAY_SECONDS = DAY_MINUTES * 60;
    /** 1970-01-01 was a Thursday. */
    private static final int FIRST_DAY = 3;

    private static final Pattern FORM =
            Pattern.compile("(?:([a-z]{3})(?:-([a-z]{3}))? )?([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2}) (\\S+)");

    /**
     * Reads one.
     *
     * @throws InvalidValueException when it is none
     */
    public static TimeWindow parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException(
                    "a time window must look like \"22:00-05:00 Europe/Berlin\" or \"mon-fri 08:00-18:00 UTC\"");
        }
        int days = matcher.group(1) == null
                ? ALL_DAYS
                : days(matcher.group(1), matcher.group(2) == null ? matcher.group(1) : matcher.group(2));
        return new TimeWindow(
                text,
                zone(matcher.group(7)),
                days,
                minute(matcher.group(3), matcher.group(4)),
                minute(matcher.group(5), matcher.group(6)) % DAY_MINUTES);
    }

    private static int days(String first, String last) {
        int from = DAYS.indexOf(first.toLowerCase(Locale.ROOT));
        int to = DAYS.indexOf(last.toLowerCase(Locale.ROOT));
        if (from < 0 || to < 0) {
            throw new InvalidValueException("a day must be one of " + String.join(", ", DAYS));
        }
        int days = 1 << to;
        for (int day = from; day != to; day = (day + 1) % DAYS.size()) {
            days |= 1 << day;
        }
        return days;
    }

    private static int minute(String hour, String minute) {
        int minutes = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        if (Integer.parseInt(minute) > 59 || minutes > DAY_MINUTES) {
            throw new InvalidValueException("a time of day must be from 00:00 to 24:00");
        }
        return minutes;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException _) {
            throw new InvalidValueException("the time zone must be one of the IANA database, such as Europe/Berlin");
        }
    }

    /** Whether it is open at {@code instant}. */
    public boolean contains(Instant instant) {
        long local =
                instant.getEpochSecond() + zone.getRules().getOffset(instant).getTotalSeconds();
        int minute = Math.floorMod(local, DAY_SECONDS) / 60;
        int day = (int) Math.floorMod(Math.floorDiv(local, (long) DAY_SECONDS) + FIRST_DAY, (long) DAYS.size());
        if (from < to) {
            return isOn(day) && from <= minute && minute < to;
        }
        boolean since = minute >= from && isOn(day);
        boolean sinceYesterday = minute < to && isOn((day + DAYS.size() - 1) % DAYS.size());
        return since || sinceYesterday;
    }

    private boolean isOn(int day) {
        return (days >>> day & 1) != 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
