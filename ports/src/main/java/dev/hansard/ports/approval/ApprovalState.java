// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import java.util.Locale;

/**
 * How far an approval has come. Pending ends in approved, denied, expired or withdrawn; approved in used, denied,
 * expired or withdrawn; used in collected.
 *
 * @since 0.1
 */
public enum ApprovalState {
    /** People have not decided yet. */
    PENDING,
    /** Enough people approved it; the request has not been sent yet. */
    APPROVED,
    /** Somebody denied it. */
    DENIED,
    /** Its time was over before it was decided, or before it was sent. */
    EXPIRED,
    /** The caller went away, or the request could not be sent as it was approved. */
    WITHDRAWN,
    /** The request was sent under it, which can be done once. */
    USED,
    /** The caller has got the response that was kept for it. */
    COLLECTED;

    /** As it is written: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether anything can still come of it. */
    public boolean isOpen() {
        return this == PENDING || this == APPROVED;
    }
}
