// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static final long PLENTY = 1 << 30;

    @Property(tries = 200)
    void keepsTheBeginningAndCountsAndDigestsAll(
            @ForAll @Size(max = 70_000) byte[] content,
            @ForAll @IntRange(max = 80_000) int limit,
            @ForAll @IntRange(min = 1, max = 20_000) int piece)
            throws Exception {
        var tape = new Tape(new TapePool(PLENTY), limit);

        for (int at = 0; at < content.length; at += piece) {
            tape.take(content, at, Math.min(piece, content.length - at));
        }

        assertThat(kept(tape)).isEqualTo(Arrays.copyOf(content, Math.min(limit, content.length)));
        assertThat(tape.totalBytes()).isEqualTo(content.length);
        assertThat(tape.isTruncated()).isEqualTo(content.length > limit);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(tape.sha256()).isEqualTo(content.length == 0 ? null : digest);
    }

    @Test
    void countsOnWhenThePoolIsEmptyAndNeverKeepsWhatFollowsAGap() {
        var pool = new TapePool(2L * TapePool.CHUNK_BYTES);
        var other = new Tape(pool, PLENTY);
        other.take(new byte[TapePool.CHUNK_BYTES], 0, TapePool.CHUNK_BYTES);
        var tape = new Tape(pool, PLENTY);

        tape.take(new byte[3 * TapePool.CHUNK_BYTES], 0, 3 * TapePool.CHUNK_BYTES);
        other.release();
        tape.take(new byte[10], 0, 10);

        assertThat(tape.totalBytes()).isEqualTo(3L * TapePool.CHUNK_BYTES + 10);
        assertThat(tape.keptBytes()).isEqualTo(TapePool.CHUNK_BYTES);
        assertThat(tape.isTruncated()).isTrue();
    }

    @Test
    void givesItsMemoryBack() {
        var pool = new TapePool(PLENTY);
        var tape = new Tape(pool, PLENTY);
        tape.take(new byte[100_000], 0, 100_000);

        tape.release();
        tape.take(new byte[10], 0, 10);

        assertThat(pool.usedBytes()).isZero();
        assertThat(tape.totalBytes()).isEqualTo(100_010);
    }

    private static byte[] kept(Tape tape) {
        var all = ByteBuffer.allocate((int) tape.keptBytes());
        tape.kept().forEach(all::put);
        return all.array();
    }
}
