// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.List;

/**
 * What the configuration says under one name, read by key. A key that nobody asked for by the time the factory
 * returns is reported as unknown, so a factory asks for all it knows. What is missing or does not fit is reported
 * with file, line and column, and ends the start. Not safe for several threads.
 *
 * @since 0.1
 */
public interface Options {
    /** The name that it stands under in the configuration. */
    String name();

    boolean has(String key);

    /**
     * The text of a key that has to be written.
     *
     * @throws InvalidOptionException when it is missing, empty, or no text
     */
    String text(String key);

    /** The text of a key that may be left out. */
    String text(String key, String fallback);

    /** The texts of a list; a single text is a list of one. */
    List<String> texts(String key, List<String> fallback);

    /** A text that is never printed, such as a password. */
    Secret secret(String key);

    boolean truth(String key, boolean fallback);

    /** A whole number between two bounds, both allowed. */
    long whole(String key, long fallback, long least, long most);

    /** A duration such as {@code 30s}, {@code 5m} or {@code 24h}, between two bounds, both allowed. */
    Duration duration(String key, Duration fallback, Duration least, Duration most);

    /** What is written under a key as a mapping; empty options when it was left out. */
    Options section(String key);

    /**
     * A complaint about the value of a key, to be thrown.
     *
     * @param expected what it must be, to follow the words "must be"; never the value itself
     */
    InvalidOptionException misfit(String key, String expected);
}
