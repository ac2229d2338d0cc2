// SPDX-License-Identifier: Apache-2.0
/** {@code hansard storage}. */
@NullMarked
package dev.hansard.boot.cli.storage;

import org.jspecify.annotations.NullMarked;
