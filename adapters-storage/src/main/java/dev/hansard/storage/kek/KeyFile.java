// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads the file: one key of 32 bytes in Base64 a line, the newest last; empty lines and those that begin with # do not
 * count. Or exactly 32 bytes, which are one key.
 */
final class KeyFile {
    private static final int KEY_BYTES = 32;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int NAME_BYTES = 8;
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final String SETTING = "storage.encryption.key-file";

    private KeyFile() {}

    /** Whether a text is the content of such a file, and not the name of one. */
    static boolean isContent(String text) {
        return text.lines().map(String::strip).anyMatch(KeyFile::isKey);
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /**
     * The keys by their names, the newest last.
     *
     * @throws StorageException when there is no such file, others may read it, or it has something else
     */
    static Map<String, SecretKeySpec> read(Path file) {
        try {
            requirePrivate(file);
            if (Files.size(file) > MAX_BYTES) {
                throw new StorageException(what(file) + " is longer than " + MAX_BYTES + " bytes; it is no key file");
            }
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length == KEY_BYTES) {
                return named(List.of(bytes));
            }
            List<byte[]> keys = keys(new String(bytes, StandardCharsets.ISO_8859_1), what(file), remedy(file));
            if (keys.isEmpty()) {
                throw new StorageException(what(file) + " has no key; " + remedy(file));
            }
            return named(keys);
        } catch (NoSuchFileException e) {
            throw new StorageException(
                    what(file) + " is not there; put it back, or for a new installation: " + remedy(file), e);
        } catch (IOException e) {
            throw new StorageException(what(file) + " cannot be read; check its rights", e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (!OWNER.containsAll(rights)) {
            throw new StorageException(
                    what(file) + " must be for its owner alone, but others may use it too; chmod 600 " + file
                            + ", and think about a new key");
        }
    }

    /**
     * The keys of a content, the newest last.
     *
     * @throws StorageException when a line is something else
     */
    static Map<String, SecretKeySpec> parse(String content) {
        return named(keys(content, SETTING, "openssl rand -base64 32 makes one"));
    }

    private static Map<String, SecretKeySpec> named(List<byte[]> keys) {
        var named = new LinkedHashMap<String, SecretKeySpec>();
        keys.forEach(key -> named.put(name(key), new SecretKeySpec(key, "AES")));
        return named;
    }

    private static List<byte[]> keys(String content, String what, String remedy) {
        var keys = new ArrayList<byte[]>();
        int number = 0;
        for (String line : content.lines().toList()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                if (!isKey(text)) {
                    throw new StorageException(what + " must have 32 bytes in Base64 on each line, but line " + number
                            + " is something else; " + remedy);
                }
                keys.add(Base64.getDecoder().decode(text));
            }
        }
        return keys;
    }

    private static String what(Path file) {
        return SETTING + " '" + file + "'";
    }

    private static String remedy(Path file) {
        return "(umask 077; openssl rand -base64 32 > " + file + ")";
    }

    /** By which a key is known: nobody can tell the key from it. */
    private static String name(byte[] key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("hansard key-encryption key".getBytes(StandardCharsets.US_ASCII));
            return "file:" + HexFormat.of().formatHex(sha256.digest(key), 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
