// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.approval.ApprovalDesk;
import dev.hansard.ports.approval.ApprovalFeed;
import dev.hansard.ports.approval.ApprovalLinks;
import java.time.InstantSource;

/**
 * What decisions on requests are taken to.
 *
 * @param desk where people look and decide
 * @param feed what changes
 * @param links where links in notices lead to
 * @param wall for how long is left
 */
public record ApprovalDesks(ApprovalDesk desk, ApprovalFeed feed, ApprovalLinks links, InstantSource wall) {}
