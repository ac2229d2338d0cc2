// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.http.proxy;

import org.jspecify.annotations.NullMarked;
