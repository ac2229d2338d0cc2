// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** As much of DER (X.690) as a certificate takes. */
public final class Der {
    private static final int SEQUENCE = 0x30;

    private Der() {}

    public static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, parts);
    }

    public static byte[] set(byte[]... parts) {
        return tagged(0x31, parts);
    }

    public static byte[] integer(long value) {
        return tagged(0x02, BigInteger.valueOf(value).toByteArray());
    }

    public static byte[] truth(boolean value) {
        return tagged(0x01, new byte[] {(byte) (value ? 0xff : 0)});
    }

    public static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    public static byte[] bits(byte[] content) {
        return tagged(0x03, new byte[] {0}, content);
    }

    public static byte[] utf8(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] utcTime(String text) {
        return tagged(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier by its encoded content, as in any list of them. */
    public static byte[] oid(String hex) {
        return tagged(0x06, HexFormat.of().parseHex(hex));
    }

    public static byte[] tagged(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            all.write(0x82);
            all.write(length >> 8);
        } else if (length >= 0x80) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
