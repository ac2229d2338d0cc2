// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

/**
 * Is told of approvals as they change, for notifications. What it does must be short: a request may wait for it. What
 * it throws is logged and changes nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ApprovalWatcher {
    /** Tells nobody. */
    ApprovalWatcher NONE = _ -> {};

    /**
     * An approval began or went on, and that is durable. Each version is told once, by the node that made it.
     *
     * @param approval with {@link Approval#version()} 1 when it is new
     */
    void changed(Approval approval);
}
