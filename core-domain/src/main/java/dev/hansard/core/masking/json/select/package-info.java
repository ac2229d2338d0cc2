// SPDX-License-Identifier: Apache-2.0
/** What rules select in JSON: selectors are read, checked against one another, and followed value by value. */
@NullMarked
package dev.hansard.core.masking.json.select;

import org.jspecify.annotations.NullMarked;
