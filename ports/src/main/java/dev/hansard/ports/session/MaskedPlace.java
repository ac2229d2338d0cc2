// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * One masked value.
 *
 * @param rule name of the rule that masked it
 * @param at where it lies, without anything of a value: a JSON Pointer (RFC 6901), {@code form:name},
 *     {@code header:name}, {@code cookie:name}, {@code query:name}, or {@code offset:123} in text
 * @since 0.1
 */
public record MaskedPlace(String rule, String at) {}
