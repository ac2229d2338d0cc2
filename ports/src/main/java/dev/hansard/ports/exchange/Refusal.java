// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import java.util.List;

/**
 * An answer that Hansard itself gives instead of the upstream's, sent as RFC 9457 problem+json.
 *
 * @param status the status code
 * @param code stable word that a program may act on, such as {@code upstream_timeout}; lower case with underscores
 * @param detail one sentence for a person: what is wrong and what to do; never a payload, token or header value
 * @param fields further response fields, such as {@code Allow} or {@code Retry-After}
 * @since 0.1
 */
public record Refusal(int status, String code, String detail, List<Field> fields) {
    public Refusal {
        fields = List.copyOf(fields);
    }

    public Refusal(int status, String code, String detail) {
        this(status, code, detail, List.of());
    }
}
