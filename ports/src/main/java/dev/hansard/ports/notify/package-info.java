// SPDX-License-Identifier: Apache-2.0
/** What people are told of without asking: alerts, and the notices that carry them to other systems. */
@NullMarked
package dev.hansard.ports.notify;

import org.jspecify.annotations.NullMarked;
