// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.idp.saml;

import org.jspecify.annotations.NullMarked;
