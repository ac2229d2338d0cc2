// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strong entity tags (RFC 9110 section 8.8.3): a digest of what they stand for, so that every node gives the same. */
final class EntityTag {
    private static final int DIGEST_BYTES = 16;

    private EntityTag() {}

    static String of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether an {@code If-None-Match} names this tag; the comparison is weak (RFC 9110 section 13.1.2). */
    static boolean isAmong(String tag, @Nullable String condition) {
        return condition != null
                && List.of(condition.split(",")).stream()
                        .map(String::strip)
                        .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }
}
