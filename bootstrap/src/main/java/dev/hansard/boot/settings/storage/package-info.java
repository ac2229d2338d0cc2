// SPDX-License-Identifier: Apache-2.0
/** What a configuration says about storage. */
@NullMarked
package dev.hansard.boot.settings.storage;

import org.jspecify.annotations.NullMarked;
