// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * The coding {@code gzip} (RFC 1952): one or more members, each with its header, checksum and length checked, and
 * nothing behind them. Belongs to one thread.
 */
final class GzipStream extends InflatingStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 contentCrc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private boolean inMember;
    private boolean anyMember;

    GzipStream(InputStream encoded) {
        super(encoded);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (true) {
            if (!inMember) {
                if (anyMember && peek(0) < 0) {
                    return -1;
                }
                readHeader();
            }
            int n = inflate(inflater, into, offset, length);
            if (n >= 0) {
                contentCrc.update(into, offset, n);
                return n;
            }
            readTrailer();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void readHeader() throws IOException {
        headerCrc.reset();
        if (header() != 0x1F || header() != 0x8B || header() != 8) {
            throw new IOException("this is no gzip");
        }
        int flags = header();
        if ((flags & RESERVED) != 0) {
            throw new IOException("a gzip header has flags that are not known");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(header() | header() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        int crc = (int) headerCrc.getValue() & 0xFFFF;
        if ((flags & HEADER_CRC) != 0 && crc != (header() | header() << 8)) {
            throw new IOException("a gzip header is damaged");
        }
        inflater.reset();
        contentCrc.reset();
        inMember = true;
        anyMember = true;
    }

    private void readTrailer() throws IOException {
        long crc = fourBytes();
        long length = fourBytes();
        if (crc != contentCrc.getValue() || length != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new IOException("a gzip member is damaged");
        }
        inMember = false;
    }

    private long fourBytes() throws IOException {
        long low = header() | header() << 8;
        return low | (long) (header() | header() << 8) << 16;
    }

    private int header() throws IOException {
        int b = next();
        if (b < 0) {
            throw new EOFException("a gzip member is not complete");
        }
        headerCrc.update(b);
        return b;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            header();
        }
    }

    private void skipText() throws IOException {
        while (header() != 0) {
            // Nobody reads it.
        }
    }
}
