// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.retention.ForeignRemovals;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.RetentionNotes;
import dev.hansard.ports.retention.RetentionRecords;

/** What retention keeps, in one file. */
record H2RetentionRecords(Holds holds, RetentionNotes notes, ForeignRemovals removals) implements RetentionRecords {}
