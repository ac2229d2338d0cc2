// SPDX-License-Identifier: Apache-2.0
/** {@code hansard mask}: shows what masking does. */
@NullMarked
package dev.hansard.boot.cli.mask;

import org.jspecify.annotations.NullMarked;
