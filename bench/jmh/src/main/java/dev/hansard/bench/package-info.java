// SPDX-License-Identifier: Apache-2.0
/** What masking costs, measured with JMH. */
@NullMarked
package dev.hansard.bench;

import org.jspecify.annotations.NullMarked;
