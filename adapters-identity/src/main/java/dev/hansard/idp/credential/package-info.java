// SPDX-License-Identifier: Apache-2.0
/** Gets from others what Hansard puts into requests: tokens of an issuer, secrets of a vault. */
@NullMarked
package dev.hansard.idp.credential;

import org.jspecify.annotations.NullMarked;
