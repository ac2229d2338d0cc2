// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;

/** A stored session, as it is read back. */
public record StoredSession(SessionId id, ServiceName service, StoredMessage request, StoredMessage response) {}
