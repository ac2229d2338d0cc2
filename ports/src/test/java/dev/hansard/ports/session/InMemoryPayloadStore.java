// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The payload store as the contract says it, in memory: for tests. It counts the streams that nobody closed. */
public final class InMemoryPayloadStore implements PayloadStore {
    private final NavigableMap<String, byte[]> objects = new TreeMap<>();
    private @Nullable StorageException failure;
    private int openStreams;
    private int listings;

    /** Makes every call fail from now on; null makes them work again. */
    public synchronized void failWith(@Nullable StorageException failure) {
        this.failure = failure;
    }

    /** How many streams of {@link #read} have not been closed. */
    public synchronized int openStreams() {
        return openStreams;
    }

    /** How often it was asked what there is. */
    public synchronized int listings() {
        return listings;
    }

    @Override
    public void put(String key, InputStream bytes, long length, String sha256) {
        PayloadStore.requireKey(key);
        failIfTold();
        byte[] content;
        try {
            content = bytes.readNBytes(Math.toIntExact(length));
            if (content.length < length || bytes.read() >= 0) {
                throw new StorageException("payload '" + key + "' is not " + length + " bytes long");
            }
        } catch (IOException e) {
            throw new StorageException("payload '" + key + "' could not be read", e);
        }
        if (!sha256(content).equals(sha256)) {
            throw new StorageException("payload '" + key + "' does not have the SHA-256 that was promised");
        }
        keep(key, content);
    }

    private synchronized void keep(String key, byte[] content) {
        byte[] there = objects.putIfAbsent(key, content);
        if (there != null && !Arrays.equals(there, content)) {
            throw new StorageException("payload '" + key + "' is there already with other bytes");
        }
    }

    @Override
    public synchronized InputStream read(String key, long offset, long length) {
        PayloadStore.requireKey(key);
        failIfTold();
        byte[] content = objects.get(key);
        if (content == null) {
            throw new StorageException("payload '" + key + "' does not exist");
        }
        if (offset < 0 || length < 0 || offset > content.length - length) {
            throw new StorageException("payload '" + key + "' has no range " + offset + " + " + length);
        }
        openStreams++;
        return new Counted(content, (int) offset, (int) length);
    }

    @Override
    public synchronized OptionalLong length(String key) {
        PayloadStore.requireKey(key);
        failIfTold();
        byte[] content = objects.get(key);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
    }

    @Override
    public synchronized List<String> list(String prefix, String after, int limit) {
        listings++;
        if (limit < 1 || limit > MAX_LIST) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIST + ", but is " + limit);
        }
        failIfTold();
        return objects.tailMap(after, false).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void delete(String key) {
        PayloadStore.requireKey(key);
        failIfTold();
        objects.remove(key);
    }

    private synchronized void failIfTold() {
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized void streamClosed() {
        openStreams--;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private final class Counted extends ByteArrayInputStream {
        private boolean isClosed;

        Counted(byte[] content, int offset, int length) {
            super(content, offset, length);
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                streamClosed();
            }
        }
    }
}
