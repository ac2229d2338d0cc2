// SPDX-License-Identifier: Apache-2.0
/** What is added to requests so that their targets let them in: its versions, and how it is kept from callers. */
@NullMarked
package dev.hansard.core.credential;

import org.jspecify.annotations.NullMarked;
