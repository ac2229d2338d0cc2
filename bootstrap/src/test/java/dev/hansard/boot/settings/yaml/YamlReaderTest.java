// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    private final Problems problems = new Problems();

    private String read(byte[] content) {
        Files files = new Files() {
            @Override
            public byte[] read(Path file, int most) {
                return Arrays.copyOf(content, Math.min(most, content.length));
            }

            @Override
            public List<Path> list(Path folder) {
                return List.of();
            }
        };
        new YamlReader(Map.of(), files, problems).read(Path.of("f"));
        return problems.sorted().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private String read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a: [1 ~ not valid YAML
            a: 1|a: 2 ~ f:2:1: error: 'a' is set twice, first on line 1
            a: 1|---|b: 2 ~ the file holds more than one document
            a: !!java.net.URL x ~ f:1:4: error: the tag
            a: *b ~ f:1:4: error: not valid YAML
            ? [a]|: b ~ f:1:3: error: a key must be text
            `` ~ f:1:1: error: the file is empty
            '# nothing' ~ f:1:1: error: the file is empty
            a:|\tb: 1 ~ f:2:1: error: not valid YAML
            """)
    void refusesWhatIsNoSimpleYaml(String text, String expected) {
        String found = read(text.replace('|', '\n').replace("'# nothing'", "# nothing"));

        assertThat(found).contains(expected);
    }

    @Test
    void refusesAFileThatIsTooLargeOrNoText() {
        assertThat(read("#".repeat(YamlReader.MOST_FILE_BYTES + 1))).contains("larger than 1MiB");
        assertThat(read(new byte[] {'a', ':', ' ', (byte) 0xc3})).contains("not UTF-8");
    }

    @Test
    void refusesDeepNesting() {
        String found = read("a: " + "[".repeat(500) + "]".repeat(500));

        assertThat(found).contains("f:1:35: error: values are nested more than 32 deep");
    }

    @Test
    void refusesTenThousandLevelsWithoutExhaustingTheStack() {
        String found = read("[".repeat(10_000));

        assertThat(found).contains("error:");
    }

    @Test
    void refusesManyAliases() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1)));
        }

        String found = read(bomb.toString());

        assertThat(found).contains("error:").contains("alias");
    }

    @Test
    void refusesAliasesThatGrowWithinTheirNumber() {
        var bomb = new StringBuilder("a0: &a0 [" + "x, ".repeat(30) + "x]\n");
        for (int i = 1; i < 8; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(5) + "*a" + (i - 1)));
        }

        String found = read(bomb.toString());

        assertThat(found).contains("the file holds more than 100000 values, aliases expanded");
    }

    @Test
    void refusesAnAliasInsideItsOwnAnchor() {
        assertThat(read("a: &a [*a]")).contains("error:");
    }

    @Test
    void saysOnceWhatAnAliasRepeats() {
        String found = read("a: &a { k: 1, k: 2 }\nb: *a\nc: *a\n");

        assertThat(found.lines().filter(line -> line.contains("error:"))).hasSize(1);
    }
}
