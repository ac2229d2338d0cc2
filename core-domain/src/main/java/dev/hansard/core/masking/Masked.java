// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

/**
 * A value that may be stored.
 *
 * @param value the very object that was given when nothing had to be masked
 * @param any whether something was masked
 */
public record Masked<T>(T value, boolean any) {}
