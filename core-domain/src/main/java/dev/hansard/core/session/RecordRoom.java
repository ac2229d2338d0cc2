// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.ports.value.ServiceName;

/**
 * Whether a service may have more records. Asked for each call, so it answers at once. Safe for any number of threads.
 */
@FunctionalInterface
public interface RecordRoom {
    /** There is always room. */
    RecordRoom UNLIMITED = _ -> "";

    /** Why a service may have no more, as a sentence for people; empty when it may. */
    String lack(ServiceName service);
}
