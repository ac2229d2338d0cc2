// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.http.problem;

import org.jspecify.annotations.NullMarked;
