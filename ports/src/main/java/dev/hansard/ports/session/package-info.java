// SPDX-License-Identifier: Apache-2.0
/** What is recorded, how it is made durable, found and read back. */
@NullMarked
package dev.hansard.ports.session;

import org.jspecify.annotations.NullMarked;
