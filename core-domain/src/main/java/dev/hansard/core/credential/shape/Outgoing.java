// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.shape;

import java.time.Instant;

/**
 * What goes to an upstream, for those credentials that sign it.
 *
 * @param target in origin-form, as it is sent
 * @param host the value of the Host field
 * @param hasContent whether content follows the head
 */
public record Outgoing(String method, String target, String host, boolean hasContent, Instant at) {}
