// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * Where the frames of one session lie.
 *
 * @param container {@code spool/NAME@SECOND} for a spool file, else the key of a segment in the payload store
 * @param offset first byte, from the start of the container
 * @param length bytes
 * @since 0.1
 */
public record FrameLocation(String container, long offset, long length) {}
