// SPDX-License-Identifier: Apache-2.0
/** Catalog and control data of several nodes in one PostgreSQL database. */
@NullMarked
package dev.hansard.storage.postgresql;

import org.jspecify.annotations.NullMarked;
