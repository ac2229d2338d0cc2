// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.storage.tokens.TokenBlock.Rows;
import dev.hansard.storage.tokens.TokenBlock.Seal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a segment says of its words, reading it ends, and it is a block or it is none. */
class TokenBlockFuzzTest {
    private static final Rows ROWS = new Rows(512, 1234, 99);

    static byte[][] blocks() {
        byte[] sealed = TokenBlock.of(
                        ROWS, List.of(new Seal(7, 4), new Seal(7, 1L << 40), new Seal(8, 0)), new byte[90])
                .encode();
        return new byte[][] {
            TokenBlock.ofAnything(ROWS).encode(),
            TokenBlock.of(ROWS, List.of(), new byte[] {1, 2, 3}).encode(),
            sealed,
            new byte[TokenBlock.HEAD]
        };
    }

    @MethodSource("blocks")
    @FuzzTest(maxDuration = "10s")
    void readsAnything(byte[] bytes) {
        restamp(bytes);

        List<TokenBlock> blocks = TokenBlock.decodeAll(bytes);

        if (blocks != null) {
            for (TokenBlock block : blocks) {
                byte[] filter = block.filter();
                assertThat(block.seals().size())
                        .isLessThanOrEqualTo(block.rows().sessions());
                if (filter != null) {
                    TokenFilter.of(filter).mayHold(42);
                }
            }
        }
    }

    /** Gives the first block a right checksum, or the fuzzer would never get behind it. */
    private static void restamp(byte[] bytes) {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.length < TokenBlock.HEAD ? -1 : view.getInt(4) + 8;
        if (end >= TokenBlock.HEAD && end <= bytes.length) {
            var crc = new CRC32C();
            crc.update(bytes, 24, end - 24);
            view.putInt(20, (int) crc.getValue());
        }
    }

    @Test
    void readsBackWhatWasWritten() {
        List<Seal> seals = List.of(new Seal(7, 4), new Seal(7, 1L << 62), new Seal(-8, 3), new Seal(7, 1));
        byte[] bytes = TokenBlock.of(ROWS, seals, new byte[] {5, 6}).encode();

        TokenBlock block = only(bytes);

        assertThat(block.rows()).isEqualTo(ROWS);
        assertThat(block.seals()).isEqualTo(seals);
        assertThat(block.filter()).containsExactly(5, 6);
        assertThat(only(TokenBlock.ofAnything(ROWS).encode()).filter()).isNull();
    }

    @Test
    void refusesADamagedBlock() {
        byte[] bytes = TokenBlock.of(ROWS, List.of(), new byte[] {5, 6}).encode();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 4;

            assertThat(TokenBlock.decodeAll(bytes)).as("byte %d", i).isNull();

            bytes[i] ^= 4;
        }
    }

    private static TokenBlock only(byte[] bytes) {
        @Nullable List<TokenBlock> blocks = TokenBlock.decodeAll(bytes);
        assertThat(blocks).isNotNull().hasSize(1);
        return blocks.getFirst();
    }
}
