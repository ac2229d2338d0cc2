// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

/** The chunked coding, as seen from outside of Hansard. */
final class Chunks {
    private Chunks() {}

    /** What a whole chunked body says, without its trailers. */
    static String contentOf(String chunked) {
        var content = new StringBuilder();
        for (int at = 0; ; ) {
            int end = chunked.indexOf("\r\n", at);
            int length = Integer.parseInt(chunked, at, end, 16);
            if (length == 0) {
                return content.toString();
            }
            content.append(chunked, end + 2, end + 2 + length);
            at = end + 2 + length + 2;
        }
    }

    /** A chunked body of chunks of at most that size. */
    static String of(String content, int most) {
        var chunked = new StringBuilder();
        for (int at = 0; at < content.length(); at += most) {
            String chunk = content.substring(at, Math.min(content.length(), at + most));
            chunked.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunked.append("0\r\n\r\n").toString();
    }
}
