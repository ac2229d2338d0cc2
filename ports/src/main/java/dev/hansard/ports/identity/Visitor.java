// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import org.jspecify.annotations.Nullable;

/**
 * One request to the admin plane: who asks, from where and what for.
 *
 * @param from textual IP address of the peer
 * @param reason what they gave as the reason; null when they gave none
 * @since 0.1
 */
public record Visitor(Access access, String from, @Nullable String reason) {}
