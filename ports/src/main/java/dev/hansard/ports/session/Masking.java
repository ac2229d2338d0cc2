// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What masking did to one recorded message.
 *
 * @param reason why the content is withheld, or why only detectors went through it, as a stable word such as
 *     {@code syntax} or {@code ratio}; null when neither
 * @param decoded whether the kept content is without the content-codings that the head names; its charset is always
 *     that which it had
 * @param digest keyed digest of the content that went through, {@code KEY:HEX} with HMAC-SHA256 over its SHA-256; null
 *     where the record has the clear digest, or none
 * @param rules version of the rule set that was applied; empty when there was none
 * @param hits how many values each rule has masked
 * @param places the first of the masked places
 * @since 0.1
 */
public record Masking(
        MaskStatus status,
        @Nullable String reason,
        boolean decoded,
        @Nullable String digest,
        String rules,
        Map<String, Integer> hits,
        List<MaskedPlace> places) {
    /** Nothing was masked. */
    public static final Masking CLEAN = of(MaskStatus.CLEAN);

    public Masking {
        hits = Collections.unmodifiableMap(new TreeMap<>(hits));
        places = List.copyOf(places);
    }

    /** Only a status: all that is known where no rule looked at the content. */
    public static Masking of(MaskStatus status) {
        return new Masking(status, null, false, null, "", Map.of(), List.of());
    }
}
