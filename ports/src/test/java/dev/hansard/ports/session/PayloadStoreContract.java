// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link PayloadStore} must do. Run it for an adapter by implementing {@link #open}. */
public interface PayloadStoreContract {
    String KEY = "payments/default/2026/11/23/14/0190-a.warc.zst";

    /** Opens the store that lives in {@code folder}, or an empty one; each folder is another store. */
    PayloadStore open(Path folder);

    @Test
    default void givesBackWhatWasPut(@TempDir Path folder) throws IOException {
        var store = open(folder);
        byte[] content = bytes(300_000);

        put(store, KEY, content);

        assertThat(store.length(KEY)).hasValue(300_000);
        assertThat(read(store, KEY, 0, 300_000)).isEqualTo(content);
    }

    @Test
    default void givesBackARange(@TempDir Path folder) throws IOException {
        var store = open(folder);
        put(store, KEY, "0123456789".getBytes(UTF_8));

        assertThat(read(store, KEY, 3, 4)).asString(UTF_8).isEqualTo("3456");
        assertThat(read(store, KEY, 9, 1)).asString(UTF_8).isEqualTo("9");
        assertThat(read(store, KEY, 10, 0)).isEmpty();
        assertThat(read(store, KEY, 0, 0)).isEmpty();
    }

    @Test
    default void skipsAndReadsByteByByteWithinTheRange(@TempDir Path folder) throws IOException {
        var store = open(folder);
        put(store, KEY, "0123456789".getBytes(UTF_8));

        try (InputStream stream = store.read(KEY, 2, 5)) {
            assertThat(stream.skip(2)).isEqualTo(2);
            assertThat(stream.read()).isEqualTo('4');
            assertThat(stream.readAllBytes()).asString(UTF_8).isEqualTo("56");
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.read(new byte[4], 0, 4)).isEqualTo(-1);
        }
    }

    @Test
    default void refusesARangeOutsideTheObject(@TempDir Path folder) {
        var store = open(folder);
        put(store, KEY, new byte[10]);

        for (long[] range : new long[][] {{0, 11}, {10, 1}, {11, 0}, {-1, 2}, {2, -1}, {1, Long.MAX_VALUE}}) {
            assertThatThrownBy(() -> store.read(KEY, range[0], range[1])).isInstanceOf(StorageException.class);
        }
    }

    @Test
    default void knowsNothingOfAnAbsentObject(@TempDir Path folder) {
        var store = open(folder);

        store.delete(KEY);

        assertThat(store.length(KEY)).isEmpty();
        assertThat(store.length("payments")).isEmpty();
        assertThat(store.list("", "", 10)).isEmpty();
        assertThatThrownBy(() -> store.read(KEY, 0, 0)).isInstanceOf(StorageException.class);
    }

    @Test
    default void keepsAnEmptyObject(@TempDir Path folder) throws IOException {
        var store = open(folder);

        put(store, KEY, new byte[0]);

        assertThat(store.length(KEY)).hasValue(0);
        assertThat(read(store, KEY, 0, 0)).isEmpty();
    }

    @Test
    default void leavesTheSameObjectAsItIs(@TempDir Path folder) throws IOException {
        var store = open(folder);
        byte[] content = bytes(1_000);

        put(store, KEY, content);
        put(store, KEY, content);

        assertThat(read(store, KEY, 0, 1_000)).isEqualTo(content);
        assertThat(store.list("", "", 10)).containsExactly(KEY);
    }

    @Test
    default void refusesOtherBytesUnderTheSameKey(@TempDir Path folder) throws IOException {
        var store = open(folder);
        put(store, KEY, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> put(store, KEY, new byte[] {1, 2, 4})).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> put(store, KEY, new byte[] {1, 2})).isInstanceOf(StorageException.class);

        assertThat(read(store, KEY, 0, 3)).containsExactly(1, 2, 3);
    }

    @Test
    default void storesNothingWhenTheBytesAreNotAsPromised(@TempDir Path folder) {
        var store = open(folder);
        byte[] content = bytes(100);
        String digest = sha256(content);

        assertThatThrownBy(() -> store.put(KEY, new ByteArrayInputStream(content), 101, digest))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> store.put(KEY, new ByteArrayInputStream(content), 99, digest))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> store.put(KEY, new ByteArrayInputStream(content), 100, "0".repeat(64)))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> store.put(KEY, failing(), 100, digest)).isInstanceOf(StorageException.class);

        assertThat(store.length(KEY)).isEmpty();
        assertThat(store.list("", "", 10)).isEmpty();
        put(store, KEY, content);
        assertThat(store.length(KEY)).hasValue(100);
    }

    @Test
    default void deletesAnObject(@TempDir Path folder) {
        var store = open(folder);
        put(store, KEY, new byte[3]);
        put(store, KEY + ".x", new byte[3]);

        store.delete(KEY);
        store.delete(KEY);

        assertThat(store.length(KEY)).isEmpty();
        assertThat(store.list("", "", 10)).containsExactly(KEY + ".x");
    }

    @Test
    default void takesAKeyAgainThatWasDeleted(@TempDir Path folder) throws IOException {
        var store = open(folder);
        put(store, KEY, new byte[3]);
        store.delete(KEY);

        put(store, KEY, new byte[] {7});

        assertThat(read(store, KEY, 0, 1)).containsExactly(7);
    }

    @Test
    default void listsInTheOrderOfCharacters(@TempDir Path folder) {
        var store = open(folder);
        var keys = List.of("a-b/1", "a.b/1", "a/1", "a/10", "a/2", "a/b/1", "a/b0", "a0/1", "b", "b_", "Z/z");
        for (String key : keys) {
            put(store, key, new byte[1]);
        }
        var sorted = keys.stream().sorted().toList();

        assertThat(store.list("", "", 1_000)).isEqualTo(sorted);
        assertThat(store.list("a/", "", 1_000)).containsExactly("a/1", "a/10", "a/2", "a/b/1", "a/b0");
        assertThat(store.list("a/1", "", 1_000)).containsExactly("a/1", "a/10");
        assertThat(store.list("a", "a/10", 3)).containsExactly("a/2", "a/b/1", "a/b0");
        assertThat(store.list("b", "a/", 3)).containsExactly("b", "b_");
        assertThat(store.list("a/b", "a/b/1", 3)).containsExactly("a/b0");
        assertThat(store.list("none/", "", 3)).isEmpty();
        assertThat(store.list("", "b_", 3)).isEmpty();
    }

    @Test
    default void listsPageByPage(@TempDir Path folder) {
        var store = open(folder);
        var keys = IntStream.range(0, 60)
                .mapToObj(i -> "s" + i % 7 + "/" + i % 3 + "/" + i)
                .sorted()
                .toList();
        for (String key : keys) {
            put(store, key, new byte[1]);
        }

        var paged = new ArrayList<String>();
        var page = store.list("s", "", 7);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = store.list("s", page.getLast(), 7);
        }

        assertThat(paged).isEqualTo(keys);
    }

    @Test
    default void refusesWhatIsNotAKey(@TempDir Path folder) {
        var store = open(folder);
        var wrong = List.of(
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                "..",
                "../a",
                "a/../b",
                "a/..",
                ".",
                "./a",
                "a/.b",
                ".partial/x",
                "a\\b",
                "a b",
                "a\0b",
                "ä",
                "a:b",
                "C:/x",
                "a/%2e%2e/b",
                "x".repeat(PayloadStore.MAX_KEY + 1));

        for (String key : wrong) {
            assertThatThrownBy(() -> put(store, key, new byte[1])).as(key).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> store.read(key, 0, 1)).as(key).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> store.length(key)).as(key).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> store.delete(key)).as(key).isInstanceOf(InvalidValueException.class);
        }
        assertThat(store.list("../", "", 10)).isEmpty();
        assertThat(store.list("/etc/", "", 10)).isEmpty();
    }

    @Test
    default void refusesALimitOutOfRange(@TempDir Path folder) {
        var store = open(folder);

        for (int limit : new int[] {-1, 0, PayloadStore.MAX_LIST + 1}) {
            assertThatThrownBy(() -> store.list("", "", limit)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void letsOneOfManyWritersOfAKeyWin(@TempDir Path folder) throws Exception {
        var store = open(folder);
        Callable<Boolean> same = () -> tryPut(store, new byte[50_000]);
        Callable<Boolean> other = () -> tryPut(store, bytes(50_000));

        int stored = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(List.of(same, other, same, other, same, other))) {
                stored += outcome.get() ? 1 : 0;
            }
        }

        assertThat(stored).isEqualTo(3);
        assertThat(read(store, KEY, 0, 50_000)).isIn(new byte[50_000], bytes(50_000));
    }

    private static boolean tryPut(PayloadStore store, byte[] content) {
        try {
            put(store, KEY, content);
            return true;
        } catch (StorageException _) {
            return false;
        }
    }

    static void put(PayloadStore store, String key, byte[] content) {
        store.put(key, new ByteArrayInputStream(content), content.length, sha256(content));
    }

    static byte[] read(PayloadStore store, String key, long offset, long length) throws IOException {
        try (InputStream stream = store.read(key, offset, length)) {
            return stream.readAllBytes();
        }
    }

    static byte[] bytes(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static InputStream failing() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the source broke off");
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                throw new IOException("the source broke off");
            }
        };
    }
}
