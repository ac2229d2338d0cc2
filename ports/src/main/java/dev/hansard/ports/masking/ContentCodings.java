// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.masking;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the content codings (RFC 9110 section 8.4.1) that the Java platform does not bring: {@code br} (RFC 7932) and
 * {@code zstd} (RFC 8878). The platform's own, gzip and deflate, are not asked for here. Safe for any number of
 * threads; a stream belongs to one.
 *
 * @since 0.1
 */
public interface ContentCodings {
    /**
     * Most memory, in bytes, that one stream may take, whatever the content demands: the largest window of br; that of
     * zstd in HTTP is 8 MiB (RFC 9659). What demands more is damaged.
     */
    int MAX_WINDOW = 16 << 20;

    /**
     * The content without its coding, decoded as it is read. Reading ends with -1 only where the coding says that the
     * content is complete. It throws {@link java.io.EOFException} where {@code encoded} ends before that; any other
     * {@link IOException} means that the content is damaged or demands too much, or is what {@code encoded} threw,
     * which is then among the causes. Closing the stream frees its memory and does not have to be done twice.
     *
     * @param coding in lower case, as registered
     * @param encoded is read ahead of what is asked for, and need not be closed
     * @return null where the coding is not known
     */
    @Nullable
    InputStream decode(String coding, InputStream encoded) throws IOException;
}
