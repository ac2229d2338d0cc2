// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.exchange.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one message besides its content: masked, otherwise as sent.
 *
 * @param headers the field lines in order, with case and bytes kept
 * @param trailers the trailer fields, likewise
 * @param bodyBytes true length of the content that went through, in bytes
 * @param keptBytes length of the content that the record keeps, in bytes
 * @param bodySha256 SHA-256 of the whole content that went through, 64 lower-case hex digits; null when there was none,
 *     it was not seen to its end, or the record does not keep it as it was: then a clear digest would let others guess
 *     what was masked, and {@link Masking#digest} has a keyed one
 * @param truncated whether the record keeps less than went through
 * @since 0.1
 */
public record RecordedMessage(
        List<Field> headers,
        List<Field> trailers,
        long bodyBytes,
        long keptBytes,
        @Nullable String bodySha256,
        boolean truncated,
        Masking masking) {
    public RecordedMessage {
        headers = List.copyOf(headers);
        trailers = List.copyOf(trailers);
    }

    public MaskStatus maskStatus() {
        return masking.status();
    }

    /** The same of which no content was kept. */
    public RecordedMessage withoutContent() {
        return new RecordedMessage(headers, trailers, bodyBytes, 0, bodySha256, bodyBytes > 0, masking);
    }
}
