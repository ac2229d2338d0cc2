// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/**
 * Why a message was refused.
 *
 * @param status the status to answer a caller with; a fault of an upstream is always answered with 502
 * @param code stable word of the problem, the same on both legs
 * @param detail one sentence for a person; never holds bytes of the message
 */
public record WireFault(int status, String code, String detail) {
    /** The same fault when it is the upstream's. */
    WireFault ofUpstream() {
        return new WireFault(502, code, detail);
    }
}
