// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.storage.control;

import org.jspecify.annotations.NullMarked;
