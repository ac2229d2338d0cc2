// SPDX-License-Identifier: Apache-2.0
/** Masks XML without document types. */
@NullMarked
package dev.hansard.core.masking.xml;

import org.jspecify.annotations.NullMarked;
