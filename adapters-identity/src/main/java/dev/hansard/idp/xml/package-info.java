// SPDX-License-Identifier: Apache-2.0
/**
 * Signed XML, for every provider that reads it: a hardened reader and a narrow profile of XML signatures, with the
 * JDK's implementation behind it for the mathematics. What comes out is what was digested, and nothing else.
 */
@NullMarked
package dev.hansard.idp.xml;

import org.jspecify.annotations.NullMarked;
