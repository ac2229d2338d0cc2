// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * Where the time of a call went, in microseconds since its head was read; -1 where it did not get so far.
 *
 * @param intentMicros the intent was durable (strict) or the call admitted (relaxed)
 * @param connectMicros there was a connection to the upstream
 * @param firstByteMicros the final response head had been read
 * @param endMicros the last byte had been read from the upstream
 * @since 0.1
 */
public record Timing(long intentMicros, long connectMicros, long firstByteMicros, long endMicros) {
    public static final Timing NONE = new Timing(-1, -1, -1, -1);
}
