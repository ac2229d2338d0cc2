// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.http.policy;

import org.jspecify.annotations.NullMarked;
