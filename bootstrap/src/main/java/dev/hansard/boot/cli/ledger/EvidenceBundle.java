// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.ledger;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.core.ledger.note.LedgerPublicKey;
import dev.hansard.core.ledger.note.PortableProof;
import dev.hansard.core.ledger.verify.Evidence;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip that proves sessions to somebody who has nothing but a public key: for each session a folder with its record as
 * it is stored, its leaf, and the proof that the leaf is in the ledger.
 */
public final class EvidenceBundle {
    static final String RECORD = "record.warc.zst";
    static final String LEAF = "leaf";
    static final String PROOF = "leaf.tlog-proof";
    static final String KEY = "ledger.pub";

    private static final int MAX_SMALL = 128 * 1024;
    private static final int MAX_SESSIONS = 100_000;
    private static final String README = """
            Evidence from a Hansard ledger
            ==============================

            Each folder is a session:
              record.warc.zst   its record as it is stored: WARC/1.1 in zstd frames
              leaf              what the ledger has of it; the last 32 bytes are the SHA-256 of record.warc.zst
              leaf.tlog-proof   that the leaf is in the ledger: index, hashes, signed checkpoint (c2sp.org/tlog-proof)

            `hansard verify THIS.zip --key ledger.pub` checks all of it without a network. Take the key from whoever
            runs the ledger, not from here: the copy in ledger.pub only says which one it should be. Any tool for C2SP
            tlog-proof can check leaf.tlog-proof; docs/ledger.md of Hansard has every byte of the formats.
            """;

    private EvidenceBundle() {}

    /**
     * What came of a check.
     *
     * @param lines for people, one for each session and for whatever else was found
     */
    record Verdict(boolean isIntact, List<String> lines) {
        Verdict {
            lines = List.copyOf(lines);
        }
    }

    /** Writes one. */
    public static final class Writer implements AutoCloseable {
        private final ZipOutputStream zip;

        public Writer(OutputStream out, String publicKey) throws IOException {
            zip = new ZipOutputStream(out);
            text("README.txt", README);
            text(KEY, publicKey + "\n");
        }

        /** Adds a session; {@code record} is read to its end. */
        public void add(SessionId id, InputStream record, byte[] leaf, String proof) throws IOException {
            begin(id + "/" + RECORD);
            record.transferTo(zip);
            begin(id + "/" + LEAF);
            zip.write(leaf);
            text(id + "/" + PROOF, proof);
        }

        private void text(String name, String text) throws IOException {
            begin(name);
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }

        private void begin(String name) throws IOException {
            var entry = new ZipEntry(name);
            // The same sessions give the same bytes.
            entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            zip.putNextEntry(entry);
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /**
     * Checks all sessions of a bundle.
     *
     * @param trusted the key; null to take that of the bundle
     */
    static Verdict check(Path file, @Nullable LedgerPublicKey trusted) {
        if (!Files.isReadable(file)) {
            throw CommandFailedException.usage(file + " cannot be read", "name an evidence bundle");
        }
        try (var zip = new ZipFile(file.toFile())) {
            LedgerPublicKey key = trusted == null ? LedgerPublicKey.parse(text(zip, KEY)) : trusted;
            return check(zip, key);
        } catch (ZipException | InvalidValueException e) {
            return new Verdict(false, List.of("not evidence: " + e.getMessage()));
        } catch (IOException e) {
            return new Verdict(false, List.of("not evidence: it cannot be read: " + e.getMessage()));
        }
    }

    private static Verdict check(ZipFile zip, LedgerPublicKey key) {
        var folders = new TreeSet<String>();
        zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.indexOf('/') > 0)
                .limit(3L * MAX_SESSIONS)
                .forEach(name -> folders.add(name.substring(0, name.indexOf('/'))));
        var lines = new ArrayList<String>();
        boolean intact = !folders.isEmpty();
        for (String folder : folders) {
            String flaw = flaw(zip, folder, key);
            intact &= flaw.isEmpty();
            lines.add(flaw.isEmpty() ? "intact " + folder : "broken " + folder + ": " + flaw);
        }
        if (folders.isEmpty()) {
            lines.add("not evidence: there is no session in it");
        }
        return new Verdict(intact, lines);
    }

    private static String flaw(ZipFile zip, String folder, LedgerPublicKey key) {
        try {
            var evidence = new Evidence(
                    SessionId.parse(folder),
                    digest(zip, folder + "/" + RECORD),
                    PortableProof.parse(text(zip, folder + "/" + PROOF)));
            return evidence.flaw(bytes(zip, folder + "/" + LEAF), key);
        } catch (IOException | InvalidValueException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static ZipEntry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        return entry;
    }

    private static byte[] bytes(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(entry(zip, name))) {
            byte[] bytes = in.readNBytes(MAX_SMALL + 1);
            if (bytes.length > MAX_SMALL) {
                throw new IOException(name + " is larger than 128KiB");
            }
            return bytes;
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(bytes(zip, name), StandardCharsets.UTF_8);
    }

    private static Hash digest(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(entry(zip, name))) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
            return Hash.of(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
