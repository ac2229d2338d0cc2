// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

/**
 * Masks one content of one format while it comes in, in pieces of any size: what comes out does not depend on how it
 * was cut. What it writes before it has seen the end must not be used when it ends with {@link Unmaskable}. Belongs to
 * one thread.
 */
public interface ContentMasker {
    /** How deep contents, or one content in another, may nest. */
    int MAX_DEPTH = 64;

    void feed(byte[] bytes, int offset, int length) throws Unmaskable;

    /** There is no more. */
    void finish() throws Unmaskable;
}
