// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import dev.hansard.ports.exchange.Field;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller says about waiting (RFC 7240 sections 4.1 and 4.3). What cannot be read is left out, as a preference
 * may be.
 *
 * @param async whether it does not want to wait at all
 * @param longest the longest that it wants to wait
 */
public record WaitPreference(boolean async, Duration longest) {
    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,6})\"?");

    public static WaitPreference of(List<Field> fields) {
        boolean async = false;
        Duration longest = Duration.ofDays(1);
        for (Field field : fields) {
            if (!field.name().equalsIgnoreCase("prefer")) {
                continue;
            }
            for (String preference : field.value().toLowerCase(Locale.ROOT).split(",", -1)) {
                String name = preference.split(";", 2)[0].strip();
                async |= name.equals("respond-async");
                Matcher matcher = WAIT.matcher(name);
                if (matcher.matches()) {
                    longest = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
                }
            }
        }
        return new WaitPreference(async, longest);
    }

    /** How long to hold a request on its connection. */
    public Duration hold(Duration most) {
        if (async) {
            return Duration.ZERO;
        }
        return longest.compareTo(most) < 0 ? longest : most;
    }
}
