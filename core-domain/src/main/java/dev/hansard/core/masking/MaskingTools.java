// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.ports.masking.ContentCodings;
import dev.hansard.ports.masking.Patterns;
import java.util.function.LongSupplier;

/**
 * What masking needs from outside.
 *
 * @param nanos a monotonic clock
 */
public record MaskingTools(ContentCodings codings, Patterns patterns, LongSupplier nanos) {}
