// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.http.content;

import org.jspecify.annotations.NullMarked;
