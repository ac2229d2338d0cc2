// SPDX-License-Identifier: Apache-2.0
/** Tests of the file of a backup. */
@NullMarked
package dev.hansard.boot.recovery;

import org.jspecify.annotations.NullMarked;
