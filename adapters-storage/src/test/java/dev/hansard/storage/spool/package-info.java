// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.storage.spool;

import org.jspecify.annotations.NullMarked;
