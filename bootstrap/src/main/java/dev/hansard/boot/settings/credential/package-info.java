// SPDX-License-Identifier: Apache-2.0
/** What the configuration says about credentials. */
@NullMarked
package dev.hansard.boot.settings.credential;

import org.jspecify.annotations.NullMarked;
