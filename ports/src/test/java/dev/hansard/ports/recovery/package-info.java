// SPDX-License-Identifier: Apache-2.0
/** What every control store that can be copied has to do. */
@NullMarked
package dev.hansard.ports.recovery;

import org.jspecify.annotations.NullMarked;
