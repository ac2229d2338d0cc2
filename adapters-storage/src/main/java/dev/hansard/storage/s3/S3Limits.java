// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;

/**
 * How long and how often the server is asked.
 *
 * @param connect how long a connection may take to open
 * @param stall how long the server may send or take nothing
 * @param call how long one request may take up to the head of its answer
 * @param attempts how often a request is sent before it counts as failed
 * @param firstPause between the first attempt and the second; it doubles with each
 * @param lastPause longest pause between two attempts
 * @param breakAfter after how many failed attempts in a row the server counts as down
 * @param rest how long a server that is down is left alone before one request tries it again
 * @param partBytes longest object that is sent in one piece, and the length of the pieces of longer ones; each upload
 *     holds so much in memory
 */
public record S3Limits(
        Duration connect,
        Duration stall,
        Duration call,
        int attempts,
        Duration firstPause,
        Duration lastPause,
        int breakAfter,
        Duration rest,
        int partBytes) {
    /** S3 takes no shorter piece but the last. */
    static final int MIN_PART = 5 * 1024 * 1024;

    private static final int MAX_PART = 256 * 1024 * 1024;

    /** What is right for most servers. */
    public static final S3Limits USUAL = new S3Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(120),
            4,
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            8,
            Duration.ofSeconds(5),
            8 * 1024 * 1024);

    public S3Limits {
        positive("connect", connect);
        positive("stall", stall);
        positive("call", call);
        positive("pause", firstPause);
        positive("pause", lastPause);
        positive("rest", rest);
        if (attempts < 1 || breakAfter < 1 || partBytes < MIN_PART || partBytes > MAX_PART) {
            throw new InvalidValueException("S3 limits: attempts and break-after must be at least 1, and part bytes "
                    + MIN_PART + " to " + MAX_PART + ", but are " + attempts + ", " + breakAfter + " and " + partBytes);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new InvalidValueException("S3 limits: " + name + " must be positive, but is " + value);
        }
    }
}
