// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.http.agent;

import org.jspecify.annotations.NullMarked;
