// SPDX-License-Identifier: Apache-2.0
/** Where segments are kept: a bucket of MinIO, Ceph, AWS or any other server that speaks S3. */
@NullMarked
package dev.hansard.storage.s3;

import org.jspecify.annotations.NullMarked;
