// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hansard.architecture.source.Declarations;
import dev.hansard.architecture.source.Repository;
import dev.hansard.architecture.source.SourceFile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule has a fixture below {@code dev.hansard.fixtures} that breaks it, and reports each line that ends with the
 * mark and no other.
 */
final class FixturesTest {
    private static final String FIXTURES = "dev.hansard.fixtures.";
    private static final String LIBRARY = "library"; // What the fixtures use in place of a real one.
    private static final String MARK = "// breaks it";
    private static final Pattern PLACE = Pattern.compile("\\((\\w[\\w-]*\\.java):(\\d+)\\)");
    private static final Pattern SUBJECT = Pattern.compile("<([^>]*(?:<init>\\([^>]*|<clinit>\\([^>]*)?)>");
    private static final List<SourceFile> SOURCES = Repository.sources().stream()
            .filter(file -> file.packageName().startsWith(FIXTURES))
            .toList();
    private static final Declarations DECLARATIONS = new Declarations(SOURCES);

    static Stream<String> fixtures() {
        return Rules.of(Rings.HANSARD).stream().map(Rule::fixture);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void reportsTheBrokenLinesAndNoOther(String fixture) {
        var rings = new Rings(FIXTURES + fixture);
        var rule = Rules.of(rings).stream()
                .filter(candidate -> candidate.fixture().equals(fixture))
                .findFirst()
                .orElseThrow();

        var result = rule.arch().evaluate(new ClassFileImporter().importPackages(rings.root()));

        Set<String> reported = new TreeSet<>();
        result.getFailureReport().getDetails().stream()
                .flatMap(FixturesTest::places)
                .forEach(reported::add);
        assertThat(reported).isNotEmpty().isEqualTo(marked(rings.root()));
    }

    @Test
    void hasARuleForEveryFixture() {
        var roots = SOURCES.stream()
                .map(file -> file.packageName().substring(FIXTURES.length()).split("\\.", 2)[0])
                .filter(root -> !root.equals(LIBRARY));

        assertThat(roots).isNotEmpty().isSubsetOf(fixtures().toList());
    }

    private static Set<String> marked(String root) {
        var marked = new TreeSet<String>();
        for (SourceFile file : SOURCES) {
            List<String> lines = file.file().lines();
            for (int line = 1; line <= lines.size(); line++) {
                if ((file.packageName() + ".").startsWith(root + ".")
                        && lines.get(line - 1).endsWith(MARK)) {
                    marked.add(file.file().name() + ":" + line);
                }
            }
        }
        return marked;
    }

    /** The places that an event names; a cycle names several. */
    private static Stream<String> places(String event) {
        return event.lines().filter(line -> PLACE.matcher(line).find()).map(FixturesTest::place);
    }

    private static String place(String line) {
        MatchResult place = PLACE.matcher(line).results().findFirst().orElseThrow();
        if (!place.group(2).equals("0") && !line.contains(Conditions.DECLARED_IN)) {
            return place.group(1) + ":" + place.group(2);
        }
        return SUBJECT.matcher(line)
                .results()
                .findFirst()
                .flatMap(subject -> DECLARATIONS.lineOf(subject.group(1)))
                .map(declared -> place.group(1) + ":" + declared)
                .orElse(line);
    }
}
