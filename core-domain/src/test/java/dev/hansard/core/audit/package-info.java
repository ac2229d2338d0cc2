// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.core.audit;

import org.jspecify.annotations.NullMarked;
