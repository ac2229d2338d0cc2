// SPDX-License-Identifier: Apache-2.0
/** {@code hansard agent}. */
@NullMarked
package dev.hansard.boot.cli.agent;

import org.jspecify.annotations.NullMarked;
