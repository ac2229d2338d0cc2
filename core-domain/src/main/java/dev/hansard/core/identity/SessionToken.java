// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.DeviceDesk;
import org.jspecify.annotations.Nullable;

/** The token of a session in a request: a bearer token (RFC 6750) that begins as ours do. */
final class SessionToken {
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";

    private SessionToken() {}

    /** What is shown; null when it is nothing of ours, or there are two credentials. */
    static @Nullable String in(Fields fields) {
        String shown = null;
        for (int i = 0; i < fields.count(); i++) {
            if (fields.isNamed(i, AUTHORIZATION)) {
                if (shown != null) {
                    return null;
                }
                shown = fields.value(i);
            }
        }
        if (shown == null || !shown.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = shown.substring(BEARER.length()).strip();
        return token.startsWith(DeviceDesk.TOKEN_PREFIX) ? token : null;
    }
}
