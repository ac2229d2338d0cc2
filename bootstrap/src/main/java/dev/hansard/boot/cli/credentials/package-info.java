// SPDX-License-Identifier: Apache-2.0
/** {@code hansard credentials}. */
@NullMarked
package dev.hansard.boot.cli.credentials;

import org.jspecify.annotations.NullMarked;
