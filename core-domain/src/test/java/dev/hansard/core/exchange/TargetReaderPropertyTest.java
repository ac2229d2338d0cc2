// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.exchange.TargetReading.Read;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class TargetReaderPropertyTest {
    private static final String HOST = "a.test";

    /** Targets made of the pieces that confuse servers, so that most of their orders come up. */
    @Provide
    Arbitrary<String> trickyTargets() {
        Arbitrary<String> piece = Arbitraries.of(
                "/", "/", "/", "//", ".", "..", "a", "admin", ";", ";x=1", "%2e", "%2E", "%2f", "%5c", "%25", "%252e",
                "%20", "%41", "%61", "%3b", "%3B", "%C3%A9", "%c0%af", "%00", "%", "\\", "32", "65", "%32", "%65", "e",
                "2", "~", "%7e", "[", "+", "?", "?x=..", "#");
        return piece.list().ofMinSize(1).ofMaxSize(12).map(pieces -> "/" + String.join("", pieces));
    }

    @Provide
    Arbitrary<String> anyBytes() {
        return Arbitraries.chars()
                .range((char) 0, (char) 255)
                .list()
                .ofMaxSize(24)
                .map(TargetReaderPropertyTest::text);
    }

    private static String text(List<Character> chars) {
        var text = new StringBuilder("/");
        chars.forEach(text::append);
        return text.toString();
    }

    @Property(tries = 5000)
    void readsItsOwnReadingAsItIs(@ForAll("trickyTargets") String target) {
        if (TargetReader.read("GET", target, HOST) instanceof Read read) {
            Statistics.collect("accepted");
            assertThat(TargetReader.read("GET", read.target(), HOST))
                    .isEqualTo(new Read(HOST, HOST, read.path(), read.query(), false));
        } else {
            Statistics.collect("refused");
        }
    }

    @Property(tries = 2000)
    void answersEveryTarget(@ForAll("anyBytes") String target) {
        if (TargetReader.read("GET", target, HOST) instanceof Read read) {
            assertThat(read.path()).startsWith("/").doesNotContain("//");
            assertThat(read.path().chars()).allMatch(c -> c > ' ' && c < 0x7F);
        }
    }

    @Property(tries = 5000)
    void namesOneResourceInWhateverOrderAServerWorks(@ForAll("trickyTargets") String target) {
        if (!(TargetReader.read("GET", target, HOST) instanceof Read read)) {
            return;
        }
        String path = read.path();

        List<String> expected = segments(decoded(path));

        assertThat(withoutDots(segments(decoded(path)))).isEqualTo(expected);
        assertThat(withoutDots(segments(decoded(decoded(path))))).isEqualTo(expected);
        assertThat(segments(decoded(String.join("/", withoutDots(segments(path))))))
                .isEqualTo(expected);
        assertThat(withoutDots(segments(decoded(path).replace('\\', '/')))).isEqualTo(expected);
        assertThat(withoutDots(merged(segments(decoded(path))))).isEqualTo(merged(expected));
        List<String> named = withoutParameters(segments(path));
        assertThat(withoutDots(withoutParameters(segments(decoded(path))))).hasSameSizeAs(named);
    }

    @Property(tries = 5000)
    void resolvesAsAServerThatResolvesTheReceivedTargetItself(@ForAll("trickyTargets") String target) {
        if (!(TargetReader.read("GET", target, HOST) instanceof Read read)) {
            return;
        }
        String received = target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
        List<String> ours = segments(decoded(read.path()));

        assertThat(merged(withoutDots(segments(decoded(received))))).isEqualTo(merged(ours));
        assertThat(withoutDots(merged(segments(decoded(received))))).isEqualTo(merged(ours));
        assertThat(merged(segments(decoded(String.join("/", withoutDots(segments(received)))))))
                .isEqualTo(merged(ours));
    }

    /** The percent-decoding that servers do, which leaves alone what is malformed. */
    private static String decoded(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean triplet = text.charAt(i) == '%'
                    && i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0;
            out.append(triplet ? (char) Integer.parseInt(text, i + 1, i + 3, 16) : text.charAt(i));
            i += triplet ? 2 : 0;
        }
        return out.toString();
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    private static List<String> withoutParameters(List<String> segments) {
        return segments.stream()
                .map(segment -> segment.indexOf(';') < 0 ? segment : segment.substring(0, segment.indexOf(';')))
                .toList();
    }

    private static List<String> merged(List<String> segments) {
        var kept = new ArrayList<String>();
        for (int i = 0; i < segments.size(); i++) {
            if (i == 0 || i == segments.size() - 1 || !segments.get(i).isEmpty()) {
                kept.add(segments.get(i));
            }
        }
        return kept;
    }

    private static List<String> withoutDots(List<String> segments) {
        var kept = new ArrayList<String>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean dots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..") && kept.size() > 1) {
                kept.removeLast();
            }
            if (!dots) {
                kept.add(segment);
            } else if (i == segments.size() - 1) {
                kept.add("");
            }
        }
        return kept;
    }
}
