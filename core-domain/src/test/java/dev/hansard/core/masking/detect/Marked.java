// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.detect.Scans.Hit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts in which what should be found stands between « and ». A ~ is left out: it keeps made-up keys from looking like
 * real ones to who searches these sources for keys.
 */
final class Marked {
    private Marked() {}

    static Stream<String> lines(String table) {
        return table.lines().filter(line -> !line.isBlank());
    }

    static void check(String detector, String line) {
        String marked = line.replace("~", "").replace("\\n", "\n").replace("[nbsp]", "\u00a0");
        String text = marked.replace("«", "").replace("»", "");
        List<String> expected = Stream.of(marked.split("«", -1))
                .skip(1)
                .map(part -> part.substring(0, part.indexOf('»')))
                .toList();

        List<String> found = Scans.hits(Scans.all(), text).stream()
                .filter(hit -> hit.rule().equals(detector))
                .map(Hit::text)
                .toList();

        assertThat(found).as(text).isEqualTo(expected);
    }
}
