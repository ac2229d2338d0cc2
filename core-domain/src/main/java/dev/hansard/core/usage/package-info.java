// SPDX-License-Identifier: Apache-2.0
/** Adds up what is stored, keeps services within their quotas, and says when room runs out. */
@NullMarked
package dev.hansard.core.usage;

import org.jspecify.annotations.NullMarked;
