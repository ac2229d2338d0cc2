// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.recovery;

import dev.hansard.ports.recovery.ControlRow;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of the control data, one after the other, as they are read. Belongs to one thread. */
public final class ControlRows implements Iterator<ControlRow> {
    private final InputStream in;
    private @Nullable ControlRow next;

    /** Begins to read. */
    public ControlRows(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in);
        next = row();
    }

    /** Whether an entry of the archive has them. */
    public static boolean areIn(String part) {
        return part.equals(BackupArchive.CONTROL);
    }

    private @Nullable ControlRow row() throws IOException {
        var line = new ByteArrayOutputStream();
        int value = in.read();
        while (value >= 0 && value != '\n') {
            if (line.size() == ControlLines.MAX_LINE) {
                throw new IOException("a row of the control data is longer than " + ControlLines.MAX_LINE + " bytes");
            }
            line.write(value);
            value = in.read();
        }
        return line.size() == 0 ? null : ControlLines.row(line.toByteArray());
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ControlRow next() {
        ControlRow now = next;
        if (now == null) {
            throw new NoSuchElementException();
        }
        try {
            next = row();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return now;
    }
}
