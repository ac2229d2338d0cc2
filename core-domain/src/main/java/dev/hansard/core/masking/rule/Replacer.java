// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Says what stands in the record in the place of a clear value. The answer is made of letters, digits and
 * {@code * [ ] : - _} only, so that it needs no escaping in any format. What is an answer already stays, so that
 * masking what is masked changes nothing. Belongs to one thread.
 */
public final class Replacer {
    private static final byte[] STARS = ascii("***");
    private static final byte[] NOTHING = {};
    /** Of the digest in a token: 128 bits. */
    private static final int TOKEN_BYTES = 16;

    private static final int TOKEN_DIGITS = 22;

    private final @Nullable TokenKey key;
    private final boolean sparesMasks;
    private final byte[] tokenStart;
    private @Nullable HmacSha256 hmac;

    /** With the key of a service; null where none is configured: then a token is {@code ***}. */
    public Replacer(@Nullable TokenKey key) {
        this(key, false);
    }

    private Replacer(@Nullable TokenKey key, boolean sparesMasks) {
        this.key = key;
        this.sparesMasks = sparesMasks;
        tokenStart = key == null ? NOTHING : ascii("[t:" + key.id() + ":");
    }

    /**
     * One for looking through records: whatever the action, {@code ***} for what is clear, and what any rule can have
     * left there stays.
     */
    public static Replacer sparingMasks() {
        return new Replacer(null, true);
    }

    /** What stands in the place of a clear value, which is UTF-8 without quotes and escapes. */
    public byte[] replace(MaskAction action, byte[] value, int from, int to) {
        if (sparesMasks) {
            return MaskForms.isMask(value, from, to) ? Arrays.copyOfRange(value, from, to) : STARS;
        }
        return switch (action) {
            case MaskAction.Drop _ -> NOTHING;
            case MaskAction.Redact _ -> STARS;
            case MaskAction.Type(String label) -> ascii("[" + label + "]");
            case MaskAction.KeepLast(int count) -> keepLast(count, value, from, to);
            case MaskAction.Token _ -> token(value, from, to);
        };
    }

    /** The token of a clear value; {@code ***} without a key. */
    public byte[] token(byte[] value, int from, int to) {
        if (key == null) {
            return STARS;
        }
        if (isToken(value, from, to)) {
            return Arrays.copyOfRange(value, from, to);
        }
        byte[] digest = hmac(key).of(value, from, to);
        byte[] digits = Base64.getUrlEncoder().withoutPadding().encode(Arrays.copyOf(digest, TOKEN_BYTES));
        byte[] token = Arrays.copyOf(tokenStart, tokenStart.length + TOKEN_DIGITS + 1);
        System.arraycopy(digits, 0, token, tokenStart.length, TOKEN_DIGITS);
        token[token.length - 1] = ']';
        return token;
    }

    /** A digest of something that is withheld, which only who has the key can compare; null without a key. */
    public @Nullable String digest(byte[] bytes, int from, int to) {
        return key == null ? null : HexFormat.of().formatHex(hmac(key).of(bytes, from, to));
    }

    /** Made when it is first needed: most messages hold nothing that needs it. */
    private HmacSha256 hmac(TokenKey of) {
        if (hmac == null) {
            hmac = of.hmac();
        }
        return hmac;
    }

    private boolean isToken(byte[] value, int from, int to) {
        int length = tokenStart.length + TOKEN_DIGITS + 1;
        if (to - from != length
                || value[to - 1] != ']'
                || !Arrays.equals(value, from, from + tokenStart.length, tokenStart, 0, tokenStart.length)) {
            return false;
        }
        for (int i = from + tokenStart.length; i < to - 1; i++) {
            if (!isLetterOrDigit(value[i]) && value[i] != '-' && value[i] != '_') {
                return false;
            }
        }
        return true;
    }

    private static byte[] keepLast(int count, byte[] value, int from, int to) {
        int telling = 0;
        for (int i = from; i < to; i++) {
            telling += isLetterOrDigit(value[i]) ? 1 : 0;
        }
        boolean isMasked =
                to - from > STARS.length && Arrays.equals(value, from, from + STARS.length, STARS, 0, STARS.length);
        int keep = isMasked ? Math.min(count, telling) : Math.min(count, telling / 2);
        byte[] kept = Arrays.copyOf(STARS, STARS.length + keep);
        int at = kept.length;
        for (int i = to - 1; at > STARS.length; i--) {
            if (isLetterOrDigit(value[i])) {
                kept[--at] = value[i];
            }
        }
        return kept;
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
