// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * One masked value.
 *
 * @param rule name of the rule that masked it
 * @param at where it lies, without anything of a value: a JSON Pointer (RFC 6901), {@code form:name},
 *     {@code part:name}, {@code query:name}, {@code header:name}, {@code cookie:name}, {@code xml:/path/name}, or
 *     {@code offset:123} in text. Names of forms, parts and queries are spelled as in a pointer. What lies in a value
 *     follows its place, after a slash; after an element's after a colon, as in {@code xml:/a/b:/pin}
 * @since 0.1
 */
public record MaskedPlace(String rule, String at) {}
