// SPDX-License-Identifier: Apache-2.0
/** The configuration: what it means, how it is read and checked, and how it is shown. */
@NullMarked
package dev.hansard.boot.settings;

import org.jspecify.annotations.NullMarked;
