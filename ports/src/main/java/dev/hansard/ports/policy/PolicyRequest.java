// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What policies see of a request besides its content: exactly what goes on to the target. Valid as long as the request
 * is served, for the thread that serves it.
 *
 * @since 0.1
 */
public interface PolicyRequest {
    ServiceName service();

    /** The labels of the service. */
    Map<String, String> labels();

    /** Name of the listener that it came in on. */
    String listener();

    Caller caller();

    String method();

    /** The host that the caller asked for, in lower case, without port. */
    String host();

    /** The canonical path as the target gets it. */
    String path();

    /** The query with its question mark, as sent; empty when there is none. */
    String query();

    /** The parameters of the query, decoded as forms are, each with all its values. */
    Map<String, List<String>> parameters();

    /** Those that go on to the target. What the caller proved itself with is not among them. */
    Fields fields();

    /** When it came in. */
    Instant at();
}
