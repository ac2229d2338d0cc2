// SPDX-License-Identifier: Apache-2.0
/** The record of what people do to Hansard and what they look at. */
@NullMarked
package dev.hansard.core.audit;

import org.jspecify.annotations.NullMarked;
