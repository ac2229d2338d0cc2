// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;

/**
 * Times that come again, as cron writes them: minute, hour, day of the month, month, day of the week (0 and 7 are
 * Sunday), in UTC. A field is a star, a number, a range such as {@code 1-5}, one of these with a step such as {@code
 * 0-30/15}, or several joined by commas. When both days are given, either will do.
 */
public final class Schedule {
    /** Once a day, when most are asleep in Europe. */
    public static final Schedule DAILY = parse("17 3 * * *");

    private static final int FIELDS = 5;
    private static final int MOST_YEARS = 8;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private Schedule(String text, List<String> fields) {
        this.text = text;
        minutes = field(fields.get(0), 0, 59, text);
        hours = field(fields.get(1), 0, 23, text);
        days = field(fields.get(2), 1, 31, text);
        months = field(fields.get(3), 1, 12, text);
        weekdays = field(fields.get(4), 0, 7, text);
        weekdays.set(0, weekdays.get(0) || weekdays.get(7));
        anyDay = fields.get(2).equals("*");
        anyWeekday = fields.get(4).equals("*");
    }

    /**
     * Reads the five fields.
     *
     * @throws InvalidValueException when it is not a schedule, or one that never comes
     */
    public static Schedule parse(String text) {
        List<String> fields = List.of(text.strip().split(" +", -1));
        if (fields.size() != FIELDS) {
            throw wrong(text, "it must have five fields: minute hour day month weekday");
        }
        var schedule = new Schedule(text.strip(), fields);
        schedule.next(Instant.EPOCH);
        return schedule;
    }

    private static InvalidValueException wrong(String text, String why) {
        return new InvalidValueException("schedule '" + text + "' must look like '17 3 * * *', but " + why);
    }

    private static BitSet field(String written, int first, int last, String text) {
        var values = new BitSet();
        for (String part : written.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            int step = stepped.length == 2 ? number(stepped[1], 1, last, text) : 1;
            String[] range = stepped[0].split("-", -1);
            if (stepped.length > 2 || range.length > 2) {
                throw wrong(text, "'" + part + "' is no field");
            }
            boolean any = stepped[0].equals("*");
            int from = any ? first : number(range[0], first, last, text);
            int to = any || (range.length == 1 && stepped.length == 2) ? last : from;
            if (range.length == 2) {
                to = number(range[1], from, last, text);
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    private static int number(String text, int least, int most, String whole) {
        boolean digits = !text.isEmpty() && text.length() <= 2 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw wrong(whole, "'" + text + "' must be " + least + " to " + most);
        }
        return number;
    }

    /** The next time after one. */
    public Instant next(Instant after) {
        ZonedDateTime at =
                after.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime limit = at.plusYears(MOST_YEARS);
        while (at.isBefore(limit)) {
            if (!months.get(at.getMonthValue())) {
                at = at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!isDay(at)) {
                at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return at.toInstant();
            }
        }
        throw wrong(text, "no such day ever comes");
    }

    private boolean isDay(ZonedDateTime at) {
        boolean day = days.get(at.getDayOfMonth());
        boolean weekday = weekdays.get(at.getDayOfWeek().getValue() % 7);
        return (anyDay || anyWeekday) ? (day && weekday) : (day || weekday);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
