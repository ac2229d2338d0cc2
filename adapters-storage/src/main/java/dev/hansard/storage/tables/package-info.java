// SPDX-License-Identifier: Apache-2.0
/** Tables of the control data as rows that know nothing of their database. The databases of the control data use it. */
@NullMarked
package dev.hansard.storage.tables;

import org.jspecify.annotations.NullMarked;
