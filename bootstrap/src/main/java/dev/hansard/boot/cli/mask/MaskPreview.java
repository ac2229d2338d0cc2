// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import dev.hansard.boot.settings.masking.MaskingOfService;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Masks a content as that of a recorded message would be. */
@FunctionalInterface
public interface MaskPreview {
    /**
     * Masks one.
     *
     * @param contentType as in the head; empty when there is none
     * @param contentEncodings as in the head
     */
    Outcome mask(Applied applied, String contentType, List<String> contentEncodings, byte[] content);

    /**
     * What masks it.
     *
     * @param service whose tokens are made
     * @param recording says how much of a content the record keeps
     * @param tokenKey null when the configuration has none
     */
    record Applied(
            ServiceName service,
            RecordPolicy recording,
            MaskingOfService masking,
            @Nullable Secret tokenKey) {}

    /** What would be in the record. */
    sealed interface Outcome {}

    /**
     * The content, with nothing in it that must be masked.
     *
     * @param unparsable why only detectors went through it, as a stable word; null when it was parsed
     * @param charset what it is in; null for UTF-8, and for what is no text
     * @param hits masked values by rule
     * @param places the first of them
     */
    record Kept(
            List<ByteBuffer> content,
            @Nullable String unparsable,
            @Nullable Charset charset,
            Map<String, Integer> hits,
            List<MaskedPlace> places)
            implements Outcome {
        public Kept {
            content = List.copyOf(content);
            hits = Map.copyOf(hits);
            places = List.copyOf(places);
        }
    }

    /**
     * Nothing of the content.
     *
     * @param reason a stable word, such as {@code syntax}
     */
    record Withheld(String reason) implements Outcome {}
}
