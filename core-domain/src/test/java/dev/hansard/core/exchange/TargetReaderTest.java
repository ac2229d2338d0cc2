// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.exchange.TargetReading.Read;
import dev.hansard.core.exchange.TargetReading.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetReaderTest {
    /** One line of targets.tsv. */
    record Row(String method, String target, @Nullable String host, List<String> expected) {
        static Row of(String line) {
            List<String> cells =
                    Stream.of(line.split("\t", -1)).map(Row::unescaped).toList();
            String host = cells.get(2);
            return new Row(cells.get(0), cells.get(1), host.equals("-") ? null : host, cells.subList(3, cells.size()));
        }

        private static String unescaped(String cell) {
            var text = new StringBuilder();
            for (int i = 0; i < cell.length(); i++) {
                if (cell.charAt(i) != '\\') {
                    text.append(cell.charAt(i));
                } else if (cell.charAt(i + 1) == 'x') {
                    text.append((char) Integer.parseInt(cell, i + 2, i + 4, 16));
                    i += 3;
                } else {
                    text.append(cell.charAt(++i));
                }
            }
            return text.toString();
        }
    }

    static Stream<Row> table() throws IOException {
        try (var in = Objects.requireNonNull(TargetReaderTest.class.getResourceAsStream("targets.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(Row::of);
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void readsAsTheTableSays(Row row) {
        TargetReading reading = TargetReader.read(row.method(), row.target(), row.host());

        List<String> outcome = switch (reading) {
            case Read read ->
                List.of(
                        "ok",
                        read.path(),
                        read.query().isEmpty() ? "-" : read.query(),
                        read.rewritten() ? "rewritten" : "same",
                        read.authority());
            case Unreadable(var refusal) -> List.of(String.valueOf(refusal.status()), refusal.code());
        };
        assertThat(outcome).isEqualTo(row.expected());
    }

    @ParameterizedTest
    @MethodSource("table")
    void readsItsOwnReadingAsItIs(Row row) {
        if (TargetReader.read(row.method(), row.target(), row.host()) instanceof Read first) {
            TargetReading second = TargetReader.read(row.method(), first.target(), first.authority());

            assertThat(second).isEqualTo(new Read(first.authority(), first.host(), first.path(), first.query(), false));
        }
    }

    @Test
    void leavesPortAndBracketsOutOfTheHost() {
        assertThat(TargetReader.read("GET", "/", "[::1]:8080"))
                .isEqualTo(new Read("[::1]:8080", "::1", "/", "", false));
        assertThat(TargetReader.read("GET", "/", "a.test:8080"))
                .isEqualTo(new Read("a.test:8080", "a.test", "/", "", false));
    }

    @Test
    void keepsTheTextsOfACanonicalTarget() {
        String target = "/orders/42";
        String host = "orders.test";

        var read = (Read) TargetReader.read("GET", target, host);

        assertThat(read.path()).isSameAs(target);
        assertThat(read.target()).isSameAs(target);
        assertThat(read.authority()).isSameAs(host);
    }

    @Test
    void namesTheAllowedMethodsWhenItRefusesOne() {
        var refused = (Unreadable) TargetReader.read("TRACE", "/", "a.test");

        assertThat(refused.refusal().fields()).extracting("name").containsExactly("Allow");
    }
}
