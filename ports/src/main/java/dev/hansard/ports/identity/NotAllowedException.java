// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Refusal;

/**
 * Somebody who is known asked for what they may not do, or not like this. A retry cannot succeed before somebody
 * changes their roles, or they give what is missing.
 *
 * @since 0.1
 */
public final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public NotAllowedException(Refusal refusal) {
        super(refusal.detail());
        this.refusal = refusal;
    }

    /** The answer. */
    public Refusal refusal() {
        return refusal;
    }
}
