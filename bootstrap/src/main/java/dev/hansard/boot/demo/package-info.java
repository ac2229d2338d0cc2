// SPDX-License-Identifier: Apache-2.0
/** A node with services and traffic of its own, to look at. */
@NullMarked
package dev.hansard.boot.demo;

import org.jspecify.annotations.NullMarked;
