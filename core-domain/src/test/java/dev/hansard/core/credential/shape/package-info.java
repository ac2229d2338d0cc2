// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.core.credential.shape;

import org.jspecify.annotations.NullMarked;
