// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.util.Locale;

/**
 * Something that one may be allowed to do on the admin plane.
 *
 * @since 0.1
 */
public enum Permission {
    /** To find sessions and see all of them but their contents. */
    SEE_SESSIONS,
    /** To read the recorded contents of messages. */
    READ_PAYLOADS,
    /** To see what others did. */
    SEE_AUDIT,
    /** To make, list and revoke API keys. */
    MANAGE_KEYS,
    /** To see and change how the node runs. */
    OPERATE,
    /** To place legal holds, and to have them removed together with somebody else. */
    MANAGE_HOLDS,
    /** To have single sessions removed for good. */
    ERASE_SESSIONS,
    /** To take the control data and the node's keys away, and to have the catalog made again. */
    RECOVER,
    /** To see the requests that wait, and decide on those that one is a reviewer of. */
    DECIDE_APPROVALS;

    /** As it is written: lower case with dashes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
