// SPDX-License-Identifier: Apache-2.0
/** Who may take backups and have the catalog made again, and how far that is. */
@NullMarked
package dev.hansard.core.recovery;

import org.jspecify.annotations.NullMarked;
