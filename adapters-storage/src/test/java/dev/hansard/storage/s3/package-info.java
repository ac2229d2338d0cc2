// SPDX-License-Identifier: Apache-2.0
/** Tests of the payload store in a bucket, against a real server and the faults of the way there. */
@NullMarked
package dev.hansard.storage.s3;

import org.jspecify.annotations.NullMarked;
