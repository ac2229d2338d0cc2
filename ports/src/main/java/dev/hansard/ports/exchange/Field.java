// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * One field line of a message (RFC 9110 section 5), name and value as they were sent. Each char is one byte
 * (ISO-8859-1), so that bytes outside ASCII survive; white space around the value is not part of it.
 *
 * @since 0.1
 */
public record Field(String name, String value) {}
