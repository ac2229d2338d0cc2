// SPDX-License-Identifier: Apache-2.0
/** What Hansard adds to a request so that its target lets it in, and that the caller never sees. */
@NullMarked
package dev.hansard.ports.credential;

import org.jspecify.annotations.NullMarked;
