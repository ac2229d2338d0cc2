// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.vault;

import dev.hansard.ports.approval.ApprovalVault;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.ApprovalId;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The vault as a folder with a file for each part. What there is, is known in memory; the disk is asked for contents
 * alone.
 */
public final class FileVault implements ApprovalVault {
    private static final System.Logger LOG = System.getLogger(FileVault.class.getName());

    private final Path folder;
    private final SecretKey key;
    private final RandomGenerator random;
    private final VaultLimits limits;
    private final Map<Name, Size> entries = new HashMap<>();
    private final Map<String, Use> owners = new HashMap<>();
    private final Use all = new Use();

    /** A file. */
    private record Name(ApprovalId id, Part part) {
        @Override
        public String toString() {
            return id + "." + part.name().toLowerCase(Locale.ROOT);
        }
    }

    private record Size(long bytes, String owner) {}

    /** What is in use. */
    private static final class Use {
        long bytes;
        int requests;

        void add(Part part, long count, int sign) {
            bytes += sign * count;
            requests += part == Part.REQUEST ? sign : 0;
        }
    }

    private FileVault(Path folder, SecretKey key, RandomGenerator random, VaultLimits limits) {
        this.folder = folder;
        this.key = key;
        this.random = random;
        this.limits = limits;
    }

    /**
     * Opens it in a folder, which is made where it is missing.
     *
     * @param wrapper of the vault's key; null when the node has no key-encryption key
     * @param random must not be guessed: keys are made of it
     * @throws StorageException when the folder or its key cannot be used
     */
    public static ApprovalVault open(
            Path folder, @Nullable KeyWrapper wrapper, RandomGenerator random, VaultLimits limits) {
        try {
            DurableFile.makeFolder(folder);
            var vault = new FileVault(folder, VaultKey.in(folder, wrapper, random), random, limits);
            vault.load();
            return vault;
        } catch (IOException e) {
            throw failed("'" + folder + "' cannot be used as the approval vault; check its rights", e);
        }
    }

    /**
     * Wraps the vault's key in a folder by the newest key-encryption key; nothing is done where there is no vault. A
     * node may run over it.
     *
     * @throws StorageException when the key cannot be read or written
     */
    public static void rotateKey(Path folder, KeyWrapper wrapper) {
        try {
            VaultKey.rotate(folder, wrapper);
        } catch (IOException e) {
            throw failed("the key of the approval vault '" + folder + "' cannot be wrapped anew; check its rights", e);
        }
    }

    private void load() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(DurableFile.UNFINISHED)) {
                    Files.delete(file);
                } else {
                    load(file, name);
                }
            }
        }
    }

    private void load(Path file, String text) throws IOException {
        int dot = text.indexOf('.');
        if (dot < 0 || !text.startsWith("apr_")) {
            return;
        }
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            var name = new Name(
                    ApprovalId.parse(text.substring(0, dot)),
                    Part.valueOf(text.substring(dot + 1).toUpperCase(Locale.ROOT)));
            in.readInt();
            byte[] owner = in.readNBytes(SealedEntry.OWNER);
            enter(name, new Size(Files.size(file), HexFormat.of().formatHex(owner)));
        } catch (IllegalArgumentException | EOFException _) {
            LOG.log(System.Logger.Level.WARNING, "''{0}'' is no entry of the approval vault; remove it", file);
        }
    }

    private void enter(Name name, Size size) {
        entries.put(name, size);
        all.add(name.part(), size.bytes(), 1);
        owners.computeIfAbsent(size.owner(), _ -> new Use()).add(name.part(), size.bytes(), 1);
    }

    private void leave(Name name) {
        Size size = entries.remove(name);
        if (size == null) {
            return;
        }
        all.add(name.part(), size.bytes(), -1);
        Use use = owners.get(size.owner());
        if (use != null) {
            use.add(name.part(), size.bytes(), -1);
            if (use.bytes <= 0) {
                owners.remove(size.owner());
            }
        }
    }

    @Override
    public boolean put(ApprovalId id, Part part, String owner, ByteBuffer content) {
        var name = new Name(id, part);
        byte[] digest = SealedEntry.ownerOf(owner);
        var size =
                new Size(SealedEntry.length(content.remaining()), HexFormat.of().formatHex(digest));
        synchronized (this) {
            leave(name);
            if (!hasRoom(part, size)) {
                return false;
            }
            // Before it is written, so that two at once do not both get the last room.
            enter(name, size);
        }
        try {
            DurableFile.write(
                    folder.resolve(name.toString()), SealedEntry.seal(name.toString(), digest, content, key, random));
            return true;
        } catch (IOException e) {
            synchronized (this) {
                leave(name);
            }
            throw failed("a held request cannot be written to '" + folder + "'; see that it has room", e);
        }
    }

    private boolean hasRoom(Part part, Size size) {
        Use own = owners.getOrDefault(size.owner(), new Use());
        if (own.bytes + size.bytes() > limits.bytesOfOne() || all.bytes + size.bytes() > limits.bytes()) {
            return false;
        }
        return part == Part.RESPONSE
                || (all.bytes + size.bytes() <= limits.bytesOfRequests()
                        && all.requests < limits.requests()
                        && own.requests < limits.requestsOfOne());
    }

    @Override
    public @Nullable ByteBuffer open(ApprovalId id, Part part) {
        String name = new Name(id, part).toString();
        try {
            return SealedEntry.open(name, Files.readAllBytes(folder.resolve(name)), key);
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            throw failed("'" + name + "' in the approval vault cannot be read", e);
        }
    }

    @Override
    public synchronized boolean has(ApprovalId id, Part part) {
        return entries.containsKey(new Name(id, part));
    }

    @Override
    public void destroy(ApprovalId id, Part part) {
        var name = new Name(id, part);
        try {
            if (has(id, part)) {
                DurableFile.shred(folder.resolve(name.toString()), SealedEntry.KEY_END);
            }
        } catch (IOException e) {
            throw failed("'" + name + "' in the approval vault cannot be destroyed", e);
        }
        synchronized (this) {
            leave(name);
        }
    }

    @Override
    public synchronized List<ApprovalId> list() {
        return entries.keySet().stream().map(Name::id).distinct().toList();
    }

    @Override
    public synchronized long usedBytes() {
        return all.bytes;
    }

    private static StorageException failed(String message, IOException e) {
        return new StorageException(message, e);
    }
}
