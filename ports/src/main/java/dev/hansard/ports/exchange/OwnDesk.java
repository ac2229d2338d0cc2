// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import java.util.List;

/**
 * Answers one request in Hansard's own name, by its content. Called once at most, by the thread of the connection.
 *
 * @since 0.1
 */
public interface OwnDesk {
    /** The most bytes of content that are read; more is answered with 413, and not brought here. */
    int mostBytes();

    /** The answer. */
    Reply answer(byte[] content);

    /**
     * What is sent; it is never cached.
     *
     * @param mediaType of the content
     * @param content UTF-8
     * @param fields further response fields
     */
    record Reply(int status, String mediaType, String content, List<Field> fields) {
        public Reply {
            fields = List.copyOf(fields);
        }
    }
}
