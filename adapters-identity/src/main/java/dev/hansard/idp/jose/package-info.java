// SPDX-License-Identifier: Apache-2.0
/**
 * Signed tokens and the keys that they are verified with, for every provider that reads tokens: a strict gate of our
 * own in front, Nimbus and the JDK for the mathematics behind it.
 */
@NullMarked
package dev.hansard.idp.jose;

import org.jspecify.annotations.NullMarked;
