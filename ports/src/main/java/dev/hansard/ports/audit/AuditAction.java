// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

import java.util.Locale;

/**
 * What can be done to Hansard, as the audit log calls it.
 *
 * @since 0.1
 */
public enum AuditAction {
    NODE_STARTED,
    NODE_STOPPED,
    CONFIGURATION_LOADED,
    /** Somebody, or a change of its files, had the configuration read again. */
    CONFIGURATION_RELOADED,
    /** What was read is wrong, so that what was in force stays. */
    CONFIGURATION_KEPT,
    /** What a dead node had left in its spool was brought in. */
    SPOOL_ADOPTED,
    /** Somebody had the catalog made again from the records. */
    CATALOG_REBUILT,
    /** Somebody took a copy of the control data and the node's keys. */
    BACKUP_TAKEN,
    /** The control data were put back from a backup; what happened since it was made is not in them. */
    CONTROL_RESTORED,
    /** The control data are older than what the node has seen of them. */
    CONTROL_TURNED_BACK,
    /** Somebody who was recognised used the admin plane for the first time in a while. */
    SIGNED_IN,
    /** Somebody ended their browser session. */
    SIGNED_OUT,
    /** A caller was given a token. */
    TOKEN_ISSUED,
    /** Somebody was not recognised, or may not do what was asked. */
    REFUSED,
    /** The content of a recorded message was read. */
    PAYLOAD_READ,
    /** Somebody looked for sessions by their contents. */
    CONTENTS_SEARCHED,
    AUDIT_READ,
    KEY_CREATED,
    KEY_REVOKED,
    /** Somebody had the source of a credential asked for a new version. */
    CREDENTIAL_ROTATED,
    HOLD_PLACED,
    HOLD_REMOVAL_ASKED,
    HOLD_REMOVED,
    /** Somebody had expired sessions removed before the schedule came to it. */
    RETENTION_RUN,
    /** Somebody said that the node's clock is right. */
    CLOCK_TRUSTED,
    /** The node removed sessions. */
    SESSIONS_REMOVED,
    /** One session was removed because somebody wanted it to be gone. */
    SESSION_ERASED,
    /** Something needs somebody to look at it. */
    ALERT_RAISED,
    /** It is over. */
    ALERT_CLEARED,
    /** A request waits for people. */
    APPROVAL_REQUESTED,
    /** Somebody looked at a request that waits, with its content. */
    APPROVAL_READ,
    /** Somebody approved a request; others may have to, as well. */
    APPROVAL_GIVEN,
    /** Somebody denied a request, or took back what stood. */
    APPROVAL_DENIED,
    /** A request was sent, or is about to be, because people approved it. */
    APPROVAL_USED,
    /** Nobody decided in time, or the request was not sent in time. */
    APPROVAL_EXPIRED,
    /** The caller went away, or the request could not be sent as it was approved. */
    APPROVAL_WITHDRAWN,
    /** The caller got the response that was kept for it. */
    APPROVAL_COLLECTED;

    /** As it is written: lower case with underscores. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
