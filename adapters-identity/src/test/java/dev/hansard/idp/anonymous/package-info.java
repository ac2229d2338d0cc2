// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.idp.anonymous;

import org.jspecify.annotations.NullMarked;
