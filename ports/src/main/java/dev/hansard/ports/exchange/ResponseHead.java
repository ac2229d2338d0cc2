// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * The head of one response from an upstream, parsed strictly by the wire codec. Same lifetime as its {@link Fields}.
 *
 * @since 0.1
 */
public interface ResponseHead {
    /** The status code, 100 to 599. */
    int status();

    /** The reason phrase as sent, maybe empty (RFC 9112 section 4). */
    String reason();

    Fields fields();
}
