// SPDX-License-Identifier: Apache-2.0
/** What messages to people need, whatever they are about. */
@NullMarked
package dev.hansard.core.text;

import org.jspecify.annotations.NullMarked;
