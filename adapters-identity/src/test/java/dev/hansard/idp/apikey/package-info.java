// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.idp.apikey;

import org.jspecify.annotations.NullMarked;
