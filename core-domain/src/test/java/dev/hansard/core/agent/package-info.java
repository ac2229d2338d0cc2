// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.core.agent;

import org.jspecify.annotations.NullMarked;
