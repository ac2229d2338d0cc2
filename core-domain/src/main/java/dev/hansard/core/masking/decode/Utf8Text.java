// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text as it is masked, in UTF-8, and the way back into the charset that it came in: what is kept must be in the
 * charset that its head and its own declarations name.
 *
 * @param utf8 array-backed
 * @param charset what it was in; null for UTF-8
 */
public record Utf8Text(ByteBuffer utf8, @Nullable Charset charset) {
    static Utf8Text from(byte[] bytes, int from, int to, Charset charset) throws Unmaskable {
        try {
            CharBuffer chars = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from));
            return new Utf8Text(StandardCharsets.UTF_8.newEncoder().encode(chars), charset);
        } catch (CharacterCodingException _) {
            throw new Unmaskable(Reason.CHARSET, "the text is not valid " + charset.name());
        }
    }

    /**
     * Adds a masked text in the charset that this one came in. What was written out by masking, such as an escape in a
     * string that is JSON itself, need not be in that charset; then the text is refused.
     */
    public void restore(byte[] masked, int from, int to, MaskedBytes out) throws Unmaskable {
        if (charset == null) {
            out.add(masked, from, to - from);
            return;
        }
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(masked, from, to - from));
            ByteBuffer restored = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(chars);
            out.add(restored.array(), restored.arrayOffset() + restored.position(), restored.remaining());
        } catch (CharacterCodingException _) {
            throw new Unmaskable(Reason.CHARSET, "the masked text cannot be written in " + charset.name());
        }
    }
}
