// SPDX-License-Identifier: Apache-2.0
/** The index over sessions: JDBI over H2, one file for each day. Nothing of JDBC or JDBI leaves this package. */
@NullMarked
package dev.hansard.storage.catalog;

import org.jspecify.annotations.NullMarked;
