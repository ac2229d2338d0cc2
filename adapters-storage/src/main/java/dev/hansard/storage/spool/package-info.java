// SPDX-License-Identifier: Apache-2.0
/**
 * The spool: masked exchanges become frames of WARC records, are made durable by group commit, indexed, sealed into
 * segments and read back. The way in is {@link dev.hansard.storage.spool.SpoolStorage}.
 */
@NullMarked
package dev.hansard.storage.spool;

import org.jspecify.annotations.NullMarked;
