// SPDX-License-Identifier: Apache-2.0
/** Requests that wait until people have approved them. */
@NullMarked
package dev.hansard.ports.approval;

import org.jspecify.annotations.NullMarked;
