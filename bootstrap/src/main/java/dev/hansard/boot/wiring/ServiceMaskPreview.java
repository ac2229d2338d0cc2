// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.mask.MaskPreview;
import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.core.masking.ServiceMasking.MaskedContent;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.ports.value.Secret;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;

/** Shows what a node's own masking does. */
public final class ServiceMaskPreview implements MaskPreview {
    private final LongSupplier nanos;

    /** @param nanos the time that masking takes is limited by it */
    public ServiceMaskPreview(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public Outcome mask(Applied applied, String contentType, List<String> contentEncodings, byte[] content) {
        Secret secret = applied.tokenKey();
        var masking = new ServiceMasking(
                applied.masking().rules(),
                applied.masking().detectorsOnUnparsable(),
                secret == null ? null : TokenKey.of(secret, applied.service()),
                ServiceMaskings.tools(nanos),
                NodeMemory.UNLIMITED.inspectedBytes(applied.recording()));
        int kept = (int) Math.min(content.length, applied.recording().bodyBytes());
        MaskedContent masked = masking.preview(
                contentType, contentEncodings, ByteBuffer.wrap(content, 0, kept), kept == content.length);
        String reason = masked.reason();
        return masked.isWithheld() && reason != null
                ? new Withheld(reason)
                : new Kept(masked.bytes(), reason, masked.charset(), masked.hits(), masked.places());
    }
}
