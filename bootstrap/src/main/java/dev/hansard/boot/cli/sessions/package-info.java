// SPDX-License-Identifier: Apache-2.0
/** Reading records back from the command line, through the admin API. What was recorded is hostile content here too. */
@NullMarked
package dev.hansard.boot.cli.sessions;

import org.jspecify.annotations.NullMarked;
