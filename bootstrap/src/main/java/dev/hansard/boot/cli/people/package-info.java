// SPDX-License-Identifier: Apache-2.0
/** Who one is on a node, which keys it gave out, and what others did to it. */
@NullMarked
package dev.hansard.boot.cli.people;

import org.jspecify.annotations.NullMarked;
