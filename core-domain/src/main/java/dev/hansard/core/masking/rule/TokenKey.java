// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The key of one service's tokens and digests, derived from the one that is configured, so that equal values of two
 * services cannot be recognised. Its id is derived too, and tells nothing about it. Immutable.
 */
public final class TokenKey {
    private static final int ID_BYTES = 4;

    private final byte[] key;
    private final String id;

    private TokenKey(byte[] key, String id) {
        this.key = key;
        this.id = id;
    }

    public static TokenKey of(Secret configured, ServiceName service) {
        var root = new HmacSha256(configured.reveal().getBytes(StandardCharsets.UTF_8));
        byte[] label = ("hansard token " + service.value()).getBytes(StandardCharsets.UTF_8);
        byte[] key = root.of(label, 0, label.length);
        byte[] idLabel = "hansard key id".getBytes(StandardCharsets.UTF_8);
        byte[] id = new HmacSha256(key).of(idLabel, 0, idLabel.length);
        return new TokenKey(key, HexFormat.of().formatHex(id, 0, ID_BYTES));
    }

    /** Eight hex digits, in each token. */
    public String id() {
        return id;
    }

    HmacSha256 hmac() {
        return new HmacSha256(key);
    }

    @Override
    public String toString() {
        return "TokenKey[" + id + "]";
    }
}
