// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.lease;

/**
 * A change was to be made under a lease that is over, and was not made. To try again is of no use and not safe: the
 * work belongs to whoever has the lease now.
 *
 * @since 0.1
 */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException(Lease lease) {
        super("the lease '" + lease.name() + "' (fence " + lease.fence() + ") of " + lease.node()
                + " is over; nothing was changed under it");
    }
}
