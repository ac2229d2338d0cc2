// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("NAME", false, false, 0),
            new Table.Column("NUMBER", true, false, 1),
            new Table.Column("TEXT", false, true, 0));

    @Test
    void alignsCells() {
        var table = new Table(COLUMNS, Integer.MAX_VALUE);
        table.add(List.of("a", "1", "漢字 wide"));
        table.add(List.of("longer", "12345678", "b"));

        assertThat(table.lines())
                .containsExactly("NAME      NUMBER  TEXT", "a              1  漢字 wide", "longer  12345678  b");
    }

    @Property(tries = 300)
    void fitsTheWidthAndPrintsNothingThatATerminalActsOn(
            @ForAll @IntRange(min = 40, max = 200) int width, @ForAll @Size(max = 5) List<String> texts) {
        var table = new Table(COLUMNS, width);
        texts.forEach(text -> table.add(List.of("n", "1", Visible.inLine(text))));

        assertThat(table.lines()).allMatch(line -> TextWidth.of(line) <= width);
        assertThat(table.lines()).allMatch(line -> line.codePoints().noneMatch(Visible::isHostile));
    }
}
