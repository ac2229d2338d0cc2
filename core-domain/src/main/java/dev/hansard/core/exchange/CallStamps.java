// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.id.SessionIds;
import dev.hansard.ports.value.NodeName;

/** What every call is stamped with: the node that took it, an id and the time. */
public record CallStamps(NodeName node, SessionIds ids, CallClock clock) {}
