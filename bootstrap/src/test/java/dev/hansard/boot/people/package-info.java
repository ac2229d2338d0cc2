// SPDX-License-Identifier: Apache-2.0
/** What people and programs may do, over the real parts. */
@NullMarked
package dev.hansard.boot.people;

import org.jspecify.annotations.NullMarked;
