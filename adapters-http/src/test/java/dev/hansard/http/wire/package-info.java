// SPDX-License-Identifier: Apache-2.0
/** Tests of the codec, and the batteries of messages that the whole proxy is replayed with. */
@NullMarked
package dev.hansard.http.wire;

import org.jspecify.annotations.NullMarked;
