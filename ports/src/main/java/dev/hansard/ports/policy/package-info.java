// SPDX-License-Identifier: Apache-2.0
/** What may pass: policies, the decisions by them, and expressions over a request. */
@NullMarked
package dev.hansard.ports.policy;

import org.jspecify.annotations.NullMarked;
