// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.demo;

import org.jspecify.annotations.NullMarked;
