// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.idp.credential;

import org.jspecify.annotations.NullMarked;
