// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.crypt;

import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.LocalDate;

/**
 * Makes records unreadable by destroying their keys. What is stored stays as it is, byte by byte, so that whatever was
 * proved about it is still proved; nobody can read it any more, not in a copy or a backup either, unless that has the
 * wrapped keys as well. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface KeyErasure {
    /**
     * Destroys all data keys of one service, class and UTC day, here and in the payload store. It can be done again
     * after a failure. Other nodes may know a key in memory for ten minutes, and keep the wrapped one on their disk
     * until they make a segment on the second day after its own, or later.
     *
     * @return how many keys there were
     * @throws dev.hansard.ports.session.StorageException when some may be left
     */
    int destroy(ServiceName service, RetentionClass retention, LocalDate day);
}
