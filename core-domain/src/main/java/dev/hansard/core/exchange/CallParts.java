// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.guard.ResponseGuards;
import java.time.InstantSource;

/** What all calls of a gateway share. */
record CallParts(FieldRules rules, Tally tally, ResponseGuards guards, InstantSource wall) {}
