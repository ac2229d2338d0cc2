// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * What Hansard publishes itself on its data listeners, the same for everybody.
 *
 * @param mediaType of the content
 * @param content ASCII
 * @param maxAgeSeconds how long it may be cached
 * @since 0.1
 */
public record OwnAnswer(String mediaType, String content, int maxAgeSeconds) {}
