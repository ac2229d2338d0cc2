// SPDX-License-Identifier: Apache-2.0
/**
 * Data keys and what they encrypt. The spool uses it; how a data key is wrapped is the business of a {@link
 * dev.hansard.ports.crypt.KeyWrapper}.
 */
@NullMarked
package dev.hansard.storage.crypt;

import org.jspecify.annotations.NullMarked;
