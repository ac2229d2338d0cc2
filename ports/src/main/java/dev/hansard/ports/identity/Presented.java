// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.RequestHead;

/**
 * All that a caller shows before its content is read: what an identity provider decides on. Valid only during the call
 * of {@link IdentityProvider#identify}, for its thread.
 *
 * @param head the request as received; each char is one byte
 * @param arrival where it came in, with the certificates of the connection
 * @param authority what the caller asked for: host and, where it is not the scheme's own, port; in lower case
 * @param path the canonical path, without the query
 * @since 0.1
 */
public record Presented(RequestHead head, Arrival arrival, String authority, String path) {
    /** The URI that the caller asked for without query and fragment, as DPoP's {@code htu} (RFC 9449 section 4.2). */
    public String uri() {
        return (arrival.secure() ? "https://" : "http://") + authority + path;
    }
}
