// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.ports.notify;

import org.jspecify.annotations.NullMarked;
