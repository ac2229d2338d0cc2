// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * The head of one request, parsed strictly by the wire codec: what is decided on, recorded and forwarded is this one
 * object (invariant S2, one reading). Same lifetime as its {@link Fields}.
 *
 * @since 0.1
 */
public interface RequestHead {
    /** The method, case-sensitive (RFC 9110 section 9.1). */
    String method();

    /**
     * The request-target as sent (RFC 9112 section 3.2): no control, no white space; nothing else is promised of it.
     */
    String target();

    Fields fields();
}
