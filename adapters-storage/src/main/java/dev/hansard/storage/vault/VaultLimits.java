// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.vault;

/**
 * How much a vault takes in.
 *
 * @param bytes of all files; requests fill three quarters of it at the most, so that there is room for the responses
 *     to those that were sent
 * @param requests how many
 * @param bytesOfOne the bytes of one caller's requests and responses
 * @param requestsOfOne how many of one caller
 */
public record VaultLimits(long bytes, int requests, long bytesOfOne, int requestsOfOne) {
    public static final VaultLimits DEFAULT = new VaultLimits(1L << 30, 20_000, 1L << 28, 2_000);

    long bytesOfRequests() {
        return bytes / 4 * 3;
    }
}
