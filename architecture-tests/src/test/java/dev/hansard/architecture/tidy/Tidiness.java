// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import dev.hansard.architecture.source.SourceFile;
import dev.hansard.architecture.source.TextFile;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All rules of tidiness. */
final class Tidiness {
    private static final List<Function<SourceFile, Stream<Finding>>> OF_SOURCES = List.of(
            SizeRules::fileLength,
            SizeRules::lineLength,
            SizeRules::methodLength,
            HeaderRules::licence,
            HeaderRules::since,
            WordRules::packageName,
            WordRules::className,
            TestRules::testName,
            TestRules::sleep);

    private static final List<Function<TextFile, Stream<Finding>>> OF_TEXTS =
            List.of(WordRules::glossary, WordRules::marker, WordRules::machinePath);

    private Tidiness() {}

    /** What is not tidy, in order of path and line. */
    static List<Finding> check(List<TextFile> texts, List<SourceFile> sources) {
        Stream<Finding> inSources =
                sources.stream().flatMap(file -> OF_SOURCES.stream().flatMap(rule -> rule.apply(file)));
        Stream<Finding> inTexts =
                texts.stream().flatMap(file -> OF_TEXTS.stream().flatMap(rule -> rule.apply(file)));
        return Stream.of(inSources, inTexts, HeaderRules.packageInfo(sources))
                .flatMap(findings -> findings)
                .sorted(Comparator.comparing(Finding::path).thenComparingInt(Finding::line))
                .toList();
    }
}
