// SPDX-License-Identifier: Apache-2.0
/** The commands about what may pass. */
@NullMarked
package dev.hansard.boot.cli.policy;

import org.jspecify.annotations.NullMarked;
