// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The options of the {@code Connection} fields of one message (RFC 9110 section 7.6.1). */
final class ConnectionOptions {
    /** Most options of a request; each costs a look at every field. Legal peers send three. */
    static final int MAX = 32;

    private final List<String> nominated = new ArrayList<>(2);
    private int count;
    private boolean malformed;
    private boolean nominatesReserved;

    /** Takes one field value. */
    void take(String value) {
        int at = 0;
        while (at <= value.length() && !malformed) {
            int comma = value.indexOf(',', at);
            int end = comma < 0 ? value.length() : comma;
            option(value.substring(at, end).strip());
            at = end + 1;
        }
    }

    private void option(String option) {
        if (option.isEmpty()) {
            return;
        }
        if (!isToken(option)) {
            malformed = true;
            return;
        }
        count++;
        if (option.equalsIgnoreCase("close")) {
            return;
        }
        FieldKind kind = FieldNames.kind(option);
        nominatesReserved |= !kind.isNominable();
        if (kind == FieldKind.OTHER || kind == FieldKind.END_TO_END) {
            nominated.add(option.toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isToken(String option) {
        for (int i = 0; i < option.length(); i++) {
            if (!AsciiSet.TOKEN.contains(option.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    boolean isMalformed() {
        return malformed || count > MAX;
    }

    boolean nominatesReserved() {
        return nominatesReserved;
    }

    /** The fields to remove that no rule removes anyway, in lower case. */
    List<String> nominated() {
        return nominated;
    }
}
