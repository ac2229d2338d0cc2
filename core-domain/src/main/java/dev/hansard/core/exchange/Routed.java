// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Service;

/**
 * Where a call goes.
 *
 * @param upstreamPath the path that the upstream gets, without a prefix that its route strips; never empty
 */
public record Routed(Service service, String upstreamPath) {}
