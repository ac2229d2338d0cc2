// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.retention.HoldDesk;
import dev.hansard.ports.retention.RetentionDesk;

/**
 * Where it is directed how long sessions stay.
 *
 * @param retention what is removed
 * @param holds what is kept longer
 */
public record RetentionDesks(RetentionDesk retention, HoldDesk holds) {}
