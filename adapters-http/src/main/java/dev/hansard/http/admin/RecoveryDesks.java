// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.recovery.BackupDesk;
import dev.hansard.ports.recovery.CatalogDesk;
import org.jspecify.annotations.Nullable;

/**
 * Where one prepares for the day of need, and helps oneself when it has come.
 *
 * @param backup null when the control store has to be copied by its own means
 */
public record RecoveryDesks(@Nullable BackupDesk backup, CatalogDesk catalog) {}
