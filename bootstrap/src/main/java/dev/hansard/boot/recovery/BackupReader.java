// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.recovery;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archive of a backup. The manifest is its last entry, so it is read twice: once to see that it is whole, and
 * once to use it.
 */
public final class BackupReader {
    private static final int MAX_MANIFEST = 1024 * 1024;
    private static final int MAX_FILE = 1024 * 1024;

    private BackupReader() {}

    /** Uses an entry; what it leaves is read on. */
    public interface Use {
        void part(String name, InputStream in) throws IOException;
    }

    /**
     * Reads all of it.
     *
     * @return what it says of itself
     * @throws IOException when it is not whole, or holds anything but what the manifest says; only then is what was
     *     used to be thrown away
     */
    public static BackupFacts read(InputStream in, Use use) throws IOException {
        Map<String, BackupFacts.Part> found = new LinkedHashMap<>();
        BackupFacts facts = null;
        // Not closed: whoever opened the stream reads on to its end, where a seal is checked.
        var zip = new ZipInputStream(new BufferedInputStream(in));
        for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
            String name = entry.getName();
            if (facts != null) {
                throw new IOException("it goes on behind its manifest");
            }
            if (name.equals(BackupArchive.MANIFEST)) {
                facts = BackupFacts.parse(whole(zip, MAX_MANIFEST, name));
            } else {
                requireKnown(name);
                if (found.put(name, part(name, zip, use)) != null) {
                    throw new IOException("it has '" + name + "' twice");
                }
            }
        }
        in.transferTo(OutputStream.nullOutputStream());
        if (facts == null) {
            throw new IOException("it is cut off: it has no manifest");
        }
        requireSame(facts.parts(), found);
        return facts;
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        return zip.getNextEntry();
    }

    private static void requireKnown(String name) throws IOException {
        boolean isFile = name.startsWith(BackupArchive.FILES)
                && BackupArchive.NODE_FILES.contains(name.substring(BackupArchive.FILES.length()));
        if (!isFile && !name.equals(BackupArchive.CONTROL)) {
            throw new IOException("it has '" + name + "', which no backup of this version has");
        }
    }

    private static BackupFacts.Part part(String name, ZipInputStream zip, Use use) throws IOException {
        var digested = new Digested(zip);
        use.part(name, digested);
        digested.transferTo(OutputStream.nullOutputStream());
        return new BackupFacts.Part(digested.count, HexFormat.of().formatHex(digested.sha256.digest()));
    }

    private static void requireSame(Map<String, BackupFacts.Part> said, Map<String, BackupFacts.Part> found)
            throws IOException {
        for (Map.Entry<String, BackupFacts.Part> part : said.entrySet()) {
            if (!part.getValue().equals(found.get(part.getKey()))) {
                throw new IOException("'" + part.getKey() + "' is not what the manifest says");
            }
        }
        if (said.size() != found.size()) {
            throw new IOException("it has more than the manifest says");
        }
    }

    /** A small part. */
    public static byte[] file(String name, InputStream in) throws IOException {
        return whole(in, MAX_FILE, name);
    }

    private static byte[] whole(InputStream in, int most, String name) throws IOException {
        byte[] content = in.readNBytes(most + 1);
        if (content.length > most) {
            throw new IOException("'" + name + "' is larger than " + most + " bytes");
        }
        return content;
    }

    /** Counts and digests what is read, and closes nothing. */
    private static final class Digested extends FilterInputStream {
        private final MessageDigest sha256 = BackupArchive.sha256();
        private long count;

        Digested(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = in.read(into, offset, length);
            if (got > 0) {
                sha256.update(into, offset, got);
                count += got;
            }
            return got;
        }

        @Override
        public long skip(long wanted) throws IOException {
            return readNBytes((int) Math.min(wanted, 8192)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // The archive goes on.
        }
    }
}
