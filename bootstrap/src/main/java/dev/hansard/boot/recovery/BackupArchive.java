// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.recovery;

import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.recovery.ControlRow;
import dev.hansard.ports.recovery.ControlValue.Whole;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive of a backup, a zip, in one go: the control data, the node's files, and the manifest as the last
 * entry. Belongs to one thread and is used once.
 */
public final class BackupArchive {
    static final String CONTROL = "control.jsonl";
    static final String FILES = "files/";
    static final String MANIFEST = "manifest.json";

    /**
     * What a node keeps itself and nowhere else. Not the key-encryption key, which must not lie beside what it unwraps.
     * Not the wrapped data keys: they lie beside the segments that need them, and a copy would keep alive what was
     * destroyed. Not the leaves of the ledger: they are published.
     */
    public static final List<String> NODE_FILES =
            List.of("node-name", "masking.key", "ledger.key", "ledger.pub", "ledger.rules");

    private final ZipOutputStream zip;
    private final Map<String, BackupFacts.Part> parts = new LinkedHashMap<>();
    private long auditNumber;

    private BackupArchive(OutputStream out) {
        zip = new ZipOutputStream(new BufferedOutputStream(out));
    }

    /**
     * Whose backup it is.
     *
     * @param control the type of the control store
     * @param checkpoint as the facts have it
     */
    public record Origin(
            Instant madeAt, String version, String node, String control, String checkpoint, Path dataDir) {}

    /** Writes all of it; the stream stays open. */
    public static void write(OutputStream out, Origin of, ControlCopies control) throws IOException {
        var archive = new BackupArchive(out);
        archive.part(CONTROL, to -> control.read(row -> archive.row(to, row)));
        for (String name : NODE_FILES) {
            Path file = of.dataDir().resolve(name);
            if (Files.isRegularFile(file)) {
                archive.part(FILES + name, to -> Files.copy(file, to));
            }
        }
        archive.end(of);
    }

    private void row(OutputStream to, ControlRow row) throws IOException {
        if (row.table().equals("audit") && row.values().get("number") instanceof Whole(long number)) {
            auditNumber = Math.max(auditNumber, number);
        }
        to.write(ControlLines.line(row));
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private void part(String name, Writing writing) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var counted = new Counted(zip);
        var digested = new DigestOutputStream(counted, sha256());
        writing.to(digested);
        parts.put(
                name,
                new BackupFacts.Part(
                        counted.count,
                        HexFormat.of().formatHex(digested.getMessageDigest().digest())));
        zip.closeEntry();
    }

    private void end(Origin of) throws IOException {
        var facts = new BackupFacts(
                of.madeAt(), of.version(), of.node(), of.control(), auditNumber, of.checkpoint(), parts);
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(facts.toBytes());
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Counts what goes through, and closes nothing. */
    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long count;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            count += length;
        }
    }
}
