// SPDX-License-Identifier: Apache-2.0
/** {@code hansard mask}: shows what masking does, and what it leaves. */
@NullMarked
package dev.hansard.boot.cli.mask;

import org.jspecify.annotations.NullMarked;
