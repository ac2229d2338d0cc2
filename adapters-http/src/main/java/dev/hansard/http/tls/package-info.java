// SPDX-License-Identifier: Apache-2.0
/** Certificates and keys from PEM files, read again when the files change. */
@NullMarked
package dev.hansard.http.tls;

import org.jspecify.annotations.NullMarked;
