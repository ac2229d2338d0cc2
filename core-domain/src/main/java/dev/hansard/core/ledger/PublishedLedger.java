// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.tree.EntryBundle;
import dev.hansard.core.ledger.tree.HashSource;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ledger of a node as it lies in the payload store: below {@code _ledger/NODE/} the paths of C2SP tlog-tiles, which
 * never change once they are there; and, because nothing in the store is ever changed, a checkpoint of its own for each
 * size, {@code checkpoint/00000000000000004711}. No service can be called {@code _ledger}.
 */
public final class PublishedLedger implements HashSource {
    /** What the keys of all ledgers begin with. */
    public static final String FOLDER = "_ledger/";

    private static final String ORIGIN = "hansard/ledger/";
    private static final String CHECKPOINT = "checkpoint/";
    private static final int MAX_OBJECT = 32 * 1024 * 1024;
    /** Checkpoints of some minutes; where more are new, their end is searched. */
    private static final int PAGE = 100;

    private final PayloadStore store;
    private final String prefix;
    private final NodeName node;
    private final String origin;
    private final AtomicLong newestSeen = new AtomicLong();

    public PublishedLedger(PayloadStore store, NodeName node) {
        this.store = store;
        this.node = node;
        prefix = FOLDER + node + "/";
        origin = originOf(node);
    }

    /** What another node publishes to the same store. */
    public PublishedLedger of(NodeName other) {
        return new PublishedLedger(store, other);
    }

    /**
     * The node whose ledger has this name.
     *
     * @throws InvalidValueException when it is no ledger of a node
     */
    public static NodeName nodeOf(String origin) {
        if (!origin.startsWith(ORIGIN)) {
            throw new InvalidValueException("'" + origin + "' is not the ledger of a node");
        }
        return new NodeName(origin.substring(ORIGIN.length()));
    }

    /** The name of a node's ledger in checkpoints and keys. */
    public static String originOf(NodeName node) {
        return ORIGIN + node;
    }

    public NodeName node() {
        return node;
    }

    public String origin() {
        return origin;
    }

    void put(String path, byte[] bytes) {
        store.put(prefix + path, new ByteArrayInputStream(bytes), bytes.length, sha256(bytes));
    }

    void putCheckpoint(long size, String note) {
        put(checkpointPath(size), note.getBytes(StandardCharsets.UTF_8));
    }

    private static String checkpointPath(long size) {
        return CHECKPOINT + "%020d".formatted(size);
    }

    /** Removes what a full tile has made superfluous. */
    void deletePartials(TileId tile) {
        for (String key : store.list(prefix + tile.partials(), "", PayloadStore.MAX_LIST)) {
            store.delete(key);
        }
    }

    /**
     * The bytes of a tile; of the full one when the partial one has gone.
     *
     * @throws StorageException when there is neither
     */
    public byte[] bytes(TileId tile) {
        String key = prefix + tile.path();
        OptionalLong length = store.length(key);
        if (length.isEmpty() && !tile.isFull()) {
            key = prefix + tile.full().path();
            length = store.length(key);
        }
        if (length.isEmpty()) {
            throw new StorageException("ledger file " + prefix + tile.path() + " is missing");
        }
        return read(key, length.getAsLong());
    }

    private byte[] read(String key, long length) {
        if (length > MAX_OBJECT) {
            throw new StorageException(
                    "ledger file " + key + " must have at most " + MAX_OBJECT + " bytes, but has " + length);
        }
        try (InputStream in = store.read(key, 0, length)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new StorageException("ledger file " + key + " cannot be read", e);
        }
    }

    @Override
    public List<Hash> tile(TileId tile) {
        byte[] bytes = bytes(tile);
        int width = bytes.length / Hash.BYTES;
        if (width < tile.width()) {
            throw new StorageException("ledger file " + prefix + tile.path() + " is cut short");
        }
        try {
            return EntryBundle.decodeHashes(bytes, width).subList(0, tile.width());
        } catch (InvalidValueException e) {
            throw new StorageException("ledger file " + prefix + tile.path() + " is damaged", e);
        }
    }

    /** The entries of a bundle. */
    public List<byte[]> entries(TileId bundle) {
        byte[] bytes = bytes(bundle);
        try {
            return EntryBundle.decodeFirst(bytes, bundle.width());
        } catch (InvalidValueException e) {
            throw new StorageException("ledger file " + prefix + bundle.path() + " is damaged", e);
        }
    }

    /** The sizes of which there are checkpoints, above one, in order; not all of them when there are many. */
    List<Long> checkpointsAbove(long size, int limit) {
        return store.list(prefix + CHECKPOINT, prefix + checkpointPath(size), limit).stream()
                .map(key -> sizeOf(key.substring(prefix.length() + CHECKPOINT.length())))
                .filter(found -> found >= 0)
                .toList();
    }

    private static long sizeOf(String digits) {
        return digits.matches("0\\d{19}") ? Long.parseLong(digits) : -1;
    }

    /** The text of a checkpoint. */
    public String checkpoint(long size) {
        String key = prefix + checkpointPath(size);
        long length = store.length(key).orElseThrow(() -> new StorageException("checkpoint " + key + " is missing"));
        return new String(read(key, length), StandardCharsets.UTF_8);
    }

    boolean hasCheckpoint(long size) {
        return store.length(prefix + checkpointPath(size)).isPresent();
    }

    /**
     * The size of the newest checkpoint; empty when there is none. It is looked for from the one that was the newest
     * the last time.
     */
    public OptionalLong newest() {
        long below = newestSeen.get();
        if (below > 0 && !hasCheckpoint(below)) {
            // Somebody took it away.
            newestSeen.set(0);
            below = 0;
        }
        List<Long> next = checkpointsAbove(below, PAGE);
        if (next.size() == PAGE) {
            below = newestAbove(next.getLast());
        } else if (!next.isEmpty()) {
            below = next.getLast();
        }
        newestSeen.set(below);
        return below == 0 ? OptionalLong.empty() : OptionalLong.of(below);
    }

    /** Keys can be listed from any size on, but only forwards: so the end of many is searched by halves. */
    private long newestAbove(long size) {
        long below = size;
        long most = 10_000_000_000_000_000L;
        while (most > below) {
            long middle = below + (most - below) / 2;
            List<Long> next = checkpointsAbove(middle, 1);
            if (next.isEmpty()) {
                // The one of that very size may still be the newest.
                most = middle;
            } else {
                below = next.getFirst();
            }
        }
        return below;
    }

    /** The newest checkpoint; empty when there is none. */
    public String newestCheckpoint() {
        OptionalLong size = newest();
        return size.isEmpty() ? "" : checkpoint(size.getAsLong());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
