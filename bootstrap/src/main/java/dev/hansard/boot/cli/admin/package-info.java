// SPDX-License-Identifier: Apache-2.0
/** How commands reach the admin plane: where it is, and with which token. */
@NullMarked
package dev.hansard.boot.cli.admin;

import org.jspecify.annotations.NullMarked;
