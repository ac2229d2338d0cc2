// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import dev.hansard.architecture.source.SourceFile;
import dev.hansard.architecture.source.TextFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words that say nothing, mean two things, or belong to one machine. */
final class WordRules {
    /** Words for which docs/GLOSSARY.md has another; patterns in lower case. */
    private static final Map<Pattern, String> SYNONYMS = Map.of(
            words("back-?end(s|ed)?"), "upstream, or target",
            words("transaction log|redo log|write-ahead log|journal(s|ed)?"), "spool, or ledger for evidence",
            words("white-?list(s|ed|ing)?"), "allow list",
            words("black-?list(s|ed|ing)?"), "deny list",
            words("obfuscat(e|es|ed|ing|ion)|anonymi[sz](e|es|ed|ing|ation)"), "mask",
            words("time-to-live|ttl of (a |the )?sessions?"), "retention",
            words("audit trail"), "record, or ledger");

    private static final Pattern MARKER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Pattern REASONED = Pattern.compile("\\bTODO\\([^)]+\\): \\S.{9,}");
    private static final Pattern MACHINE = Pattern.compile("(^|[^\\w.}])/(work|root|home/[a-z]+|tmp/wt)/");
    private static final Set<String> EMPTY_PACKAGES =
            Set.of("util", "utils", "common", "impl", "helper", "helpers", "model", "service", "services", "dto");
    private static final Pattern EMPTY_CLASS =
            Pattern.compile("(Base|Default|Abstract)[A-Z]\\w*|\\w+(Impl|Manager|Helpers?|Utils?|Dto|DTO)");

    private WordRules() {}

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    static Stream<Finding> glossary(TextFile file) {
        boolean prose = file.path().endsWith(".java") || file.path().endsWith(".md");
        return prose
                ? SYNONYMS.entrySet().stream()
                        .flatMap(synonym -> linesWith(file, synonym.getKey())
                                .map(line -> new Finding(
                                        "glossary",
                                        file.path(),
                                        line,
                                        "say " + synonym.getValue() + " (docs/GLOSSARY.md)")))
                : Stream.empty();
    }

    static Stream<Finding> marker(TextFile file) {
        boolean prose = file.path().endsWith(".md");
        return linesWith(file, prose ? NOTHING : MARKER)
                .filter(line -> !REASONED.matcher(file.lines().get(line - 1)).find())
                .map(line -> new Finding(
                        "todo", file.path(), line, "do it now, or write TODO(issue): and what is missing and why"));
    }

    static Stream<Finding> machinePath(TextFile file) {
        return linesWith(file, MACHINE)
                .map(line -> new Finding("machine-path", file.path(), line, "names a folder of one machine"));
    }

    private static Stream<Integer> linesWith(TextFile file, Pattern pattern) {
        return IntStream.range(0, file.lines().size())
                .filter(line -> pattern.matcher(file.lines().get(line)).find())
                .mapToObj(line -> line + 1);
    }

    static Stream<Finding> packageName(SourceFile file) {
        return Arrays.stream(file.packageName().split("\\."))
                .filter(EMPTY_PACKAGES::contains)
                .map(segment -> new Finding(
                        "package-name", file.path(), 1, "'" + segment + "' says nothing; name the feature"));
    }

    static Stream<Finding> className(SourceFile file) {
        List<Finding> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, String owner) {
                String name = type.getSimpleName().toString();
                if (EMPTY_CLASS.matcher(name).matches()) {
                    found.add(new Finding(
                            "class-name",
                            file.path(),
                            name,
                            file.firstLine(type),
                            "'" + name + "' says nothing; put the technology or the role first"));
                }
                return super.visitClass(type, owner);
            }
        }.scan(file.tree(), "");
        return found.stream();
    }
}
