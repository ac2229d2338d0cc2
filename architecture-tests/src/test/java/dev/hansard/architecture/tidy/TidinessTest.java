// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hansard.architecture.source.Repository;
import dev.hansard.architecture.source.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of tidiness finds exactly the line that breaks it. */
final class TidinessTest {
    private static final String MAIN = "core-domain/src/main/java/dev/hansard/core/session/Thing.java";
    private static final String TEST = "core-domain/src/test/java/dev/hansard/core/session/ThingTest.java";
    private static final String PORT = "ports/src/main/java/dev/hansard/ports/session/Thing.java";
    private static final String SPDX = "// SPDX-License-Identifier: Apache-2.0\n";
    private static final String HEAD = SPDX + "package dev.hansard.core.session;\n";
    private static final String TYPE = HEAD + "final class Thing {}\n";

    static Stream<Arguments> untidy() {
        return Stream.of(
                source("file-length", MAIN, TYPE + "\n".repeat(398), 401),
                source("file-length", TEST, TYPE + "\n".repeat(498), 501),
                source("line-length", MAIN, TYPE + "// " + "x".repeat(118) + "\n", 4),
                source("method-length", MAIN, methodOf(51), 4),
                source("licence", MAIN, "package dev.hansard.core.session;\nfinal class Thing {}\n", 1),
                source("since", PORT, "%s/** A thing. */\npublic interface Thing {}\n".formatted(HEAD), 4),
                source("package-name", MAIN, SPDX + "package dev.hansard.core.util;\nfinal class Thing {}\n", 1),
                source("class-name", MAIN, HEAD + "final class SpoolManager {}\n", 3),
                source("class-name", MAIN, HEAD + "final class Thing {\n    record DefaultThing() {}\n}\n", 4),
                source(
                        "test-name",
                        TEST.replace("ThingTest", "Thing"),
                        HEAD + "class T {\n    @Test void a() {}\n}\n",
                        4),
                source("sleep", TEST, HEAD + "class T {\n  void a() {\n    Thread.sleep(1);\n  }\n}\n", 5),
                text("glossary", "docs/a.md", "Calls go\nto the " + "back" + "end.\n", 2),
                text("glossary", MAIN, "// The " + "transaction " + "log.\n", 1),
                text("todo", MAIN, "int a;\nint b; // TO" + "DO\n", 2),
                text("todo", MAIN, "// FIX" + "ME: there is a reason, but not now\n", 1),
                text("machine-path", "docs/a.md", "It lies in /wor" + "k/main.\n", 1));
    }

    private static Arguments source(String rule, String path, String content, int line) {
        return Arguments.of(rule, TextFile.of(path, content), true, line);
    }

    private static Arguments text(String rule, String path, String content, int line) {
        return Arguments.of(rule, TextFile.of(path, content), false, line);
    }

    private static String methodOf(int lines) {
        return HEAD + "final class Thing {\n    void act() {\n" + "        act();\n".repeat(lines - 2) + "    }\n}\n";
    }

    @ParameterizedTest
    @MethodSource("untidy")
    void findsTheLine(String rule, TextFile file, boolean isSource, int line) {
        var findings = isSource
                ? Tidiness.check(List.of(), Repository.parse(List.of(file)))
                : Tidiness.check(List.of(file), List.of());

        assertThat(findings)
                .filteredOn(finding -> !finding.rule().equals("package-info"))
                .extracting(Finding::rule, Finding::path, Finding::line)
                .containsExactly(tuple(rule, file.path(), line));
    }

    @Test
    void findsAPackageWithoutItsMark() {
        var plain = TextFile.of(MAIN, TYPE);
        var info = TextFile.of(
                MAIN.replace("session/Thing", "policy/package-info"),
                SPDX + "@NullMarked\npackage dev.hansard.core.policy;\n");

        var findings = HeaderRules.packageInfo(Repository.parse(List.of(plain, info)));

        assertThat(findings)
                .extracting(Finding::path)
                .containsExactly("core-domain/src/main/java/dev/hansard/core/session");
    }

    @Test
    void findsNothingAtTheLimits() {
        var longest = TextFile.of(MAIN, methodOf(50) + "// " + "x".repeat(117) + "\n" + "\n".repeat(400 - 55));

        var findings = Tidiness.check(List.of(longest), Repository.parse(List.of(longest)));

        assertThat(longest.lines()).hasSize(400);
        assertThat(findings).extracting(Finding::rule).containsExactly("package-info");
    }

    @Test
    void findsALinkThatLeadsNowhere(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("docs/adr"));
        Files.writeString(root.resolve("docs/a.md"), "");
        var here = TextFile.of("docs/a.md", """
                # The life of one call
                [folder](adr/), [elsewhere](https://example.com/x), [above](#the-life-of-one-call)
                [gone](b.md)
                [below](#the-life-of-two-calls)
                """);

        var findings = LinkRules.check(root, List.of(here));

        assertThat(findings).extracting(Finding::line).containsExactly(3, 4);
    }

    @Test
    void letsATableOfCasesBeLong() {
        String table =
                "final class T {\n    Object cases() {\n        return of(\n" + "1,\n".repeat(60) + "1);\n    }\n}\n";

        var inTest = Tidiness.check(List.of(), Repository.parse(List.of(TextFile.of(TEST, HEAD + table))));
        var inMain = Tidiness.check(List.of(), Repository.parse(List.of(TextFile.of(MAIN, HEAD + table))));

        assertThat(inTest).extracting(Finding::rule).doesNotContain("method-length");
        assertThat(inMain).extracting(Finding::rule).contains("method-length");
    }

    @Test
    void letsATextBlockBeAsWideAsWhatItQuotes() {
        var file = TextFile.of(
                MAIN,
                HEAD + "interface Thing {\n    String A = \"\"\"\n        " + "x".repeat(120)
                        + "\n        \"\"\";\n}\n");

        var findings = Tidiness.check(List.of(), Repository.parse(List.of(file)));

        assertThat(findings).extracting(Finding::rule).containsExactly("package-info");
    }

    @Test
    void takesATodoThatSaysWhy() {
        var file = TextFile.of(MAIN, "// TO" + "DO(#7): reads whole segments until there is an offset table\n");

        assertThat(Tidiness.check(List.of(file), List.of())).isEmpty();
    }

    @Test
    void excusesWhatIsListedAndNamesWhatIsNotNeeded() {
        var finding = new Finding("file-length", "a/B.java", 401, "has 402 lines");
        var other = new Finding("file-length", "a/C.java", 401, "has 402 lines");
        var exceptions =
                Exceptions.parse(List.of("# why", "", "file-length a/B.java -- one table", "sleep a/D.java -- slow"));

        assertThat(exceptions.unexcused(List.of(finding, other))).containsExactly(other);
        assertThat(exceptions.unneeded(List.of(finding, other))).containsExactly("sleep a/D.java");
    }

    @Test
    void refusesAnExceptionWithoutAReason() {
        assertThatThrownBy(() -> Exceptions.parse(List.of("file-length a/B.java")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason");
    }
}
