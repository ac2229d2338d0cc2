// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.idp.oidc;

import org.jspecify.annotations.NullMarked;
