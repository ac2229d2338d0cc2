// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Field;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** One WARC record, decompressed, read from its beginning: lines first, then what is left. Belongs to one thread. */
final class RecordReader implements AutoCloseable {
    /** Most bytes of a record that are read as lines; no head that the wire codec lets through comes near. */
    private static final int MAX_LINES = 4 * 1024 * 1024;

    private final InputStream in;
    private int lineBytes;

    RecordReader(InputStream decompressed) {
        in = new BufferedInputStream(decompressed);
    }

    /** Reads the record's own head and gives the length of its block. */
    long blockLength() throws IOException {
        if (!line().equals("WARC/1.1")) {
            throw new IOException("record does not start with WARC/1.1");
        }
        long length = -1;
        for (Field field : fields()) {
            if (field.name().equals("Content-Length")) {
                length = Long.parseLong(field.value());
            }
        }
        if (length < 0) {
            throw new IOException("record has no Content-Length");
        }
        lineBytes = 0;
        return length;
    }

    /** Field lines up to an empty line, exactly as {@link HttpBlock} writes them. */
    List<Field> fields() throws IOException {
        var fields = new ArrayList<Field>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IOException("field line without a colon");
            }
            fields.add(new Field(line.substring(0, colon), line.substring(colon + 2)));
        }
        return fields;
    }

    /** Field lines that fill a block of this length. */
    List<Field> fieldsWithin(long blockLength) throws IOException {
        var fields = new ArrayList<Field>();
        while (lineBytes < blockLength) {
            String line = line();
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IOException("field line without a colon");
            }
            fields.add(new Field(line.substring(0, colon), line.substring(colon + 2)));
        }
        return fields;
    }

    /** One line, one char a byte, without its CRLF. */
    String line() throws IOException {
        var line = new StringBuilder(64);
        for (int b = next(); b != '\r'; b = next()) {
            line.append((char) b);
        }
        if (next() != '\n') {
            throw new IOException("line does not end in CRLF");
        }
        return line.toString();
    }

    /** How many bytes of the block have been read as lines. */
    int lineBytes() {
        return lineBytes;
    }

    InputStream rest() {
        return in;
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0 || ++lineBytes > MAX_LINES) {
            throw new IOException(b < 0 ? "record ends in its head" : "head of the record is longer than " + MAX_LINES);
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
