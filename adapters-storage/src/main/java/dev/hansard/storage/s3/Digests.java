// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The two digests of S3: SHA-256, on which we rely, and MD5, which most servers show as an object's ETag. */
final class Digests {
    private static final int CHUNK = 64 * 1024;

    private Digests() {}

    static MessageDigest sha256() {
        return of("SHA-256");
    }

    static MessageDigest md5() {
        return of("MD5");
    }

    /** Reads all; the answer is the SHA-256 in hex. */
    static String sha256Of(InputStream bytes) throws IOException {
        MessageDigest digest = sha256();
        var chunk = new byte[CHUNK];
        for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
            digest.update(chunk, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest of(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }
}
