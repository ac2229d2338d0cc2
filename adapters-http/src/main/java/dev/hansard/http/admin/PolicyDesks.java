// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.config.ConfigDesk;
import dev.hansard.ports.policy.PolicyDesk;

/** Where the policies in force are looked at, and where they are changed: by having the configuration read again. */
public record PolicyDesks(PolicyDesk policies, ConfigDesk config) {}
