// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TileIdTest {
    @Test
    void hasThePathsOfTheSpecification() {
        assertThat(new TileId(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new TileId(TileId.ENTRIES, 0, 7).path()).isEqualTo("tile/entries/000.p/7");
        assertThat(new TileId(1, 273, 112).path()).isEqualTo("tile/1/273.p/112");
    }

    /** The example of C2SP tlog-tiles: a tree of 70,000 leaves. */
    @Test
    void coversATreeAsTheSpecificationSays() {
        long size = 70_000;

        var edge = List.of(
                TileId.holding(0, size - 1, size),
                TileId.holding(1, TileId.hashesAt(1, size) - 1, TileId.hashesAt(1, size)),
                TileId.holding(2, TileId.hashesAt(2, size) - 1, TileId.hashesAt(2, size)));

        assertThat(edge.stream().map(TileId::path))
                .containsExactly("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
    }

    @Property
    void isReadBack(
            @ForAll @IntRange(min = -1, max = 7) int level,
            @ForAll @LongRange(min = 0, max = 999_999_999_999L) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        var tile = new TileId(level, index, width);

        assertThat(TileId.parse(tile.path())).isEqualTo(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/67",
                "tile/00/067",
                "tile/0/x000/067",
                "tile/0/067.p/256",
                "tile/0/067.p/0",
                "tile/0/067.p/01",
                "tile/8/000",
                "tile/entries/000/",
                "../tile/0/000",
                "tile/0/x999999/000",
                ""
            })
    void refusesAnyOtherSpelling(String path) {
        assertThatThrownBy(() -> TileId.parse(path)).isInstanceOf(InvalidValueException.class);
    }
}
