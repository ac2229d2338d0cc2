// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreeScanner;
import dev.hansard.architecture.source.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long files, methods and lines may be. */
final class SizeRules {
    private static final int MAX_FILE = 400;
    private static final int MAX_TEST_FILE = 500;
    private static final int MAX_METHOD = 50;
    private static final int MAX_LINE = 120;

    private SizeRules() {}

    static Stream<Finding> fileLength(SourceFile file) {
        int lines = file.file().lines().size();
        int limit = file.file().isTest() ? MAX_TEST_FILE : MAX_FILE;
        return lines <= limit
                ? Stream.empty()
                : Stream.of(new Finding(
                        "file-length",
                        file.path(),
                        limit + 1,
                        "has " + lines + " lines, at most " + limit + "; split it"));
    }

    static Stream<Finding> lineLength(SourceFile file) {
        Set<Integer> literal = linesInsideTextBlocks(file);
        List<String> lines = file.file().lines();
        return IntStream.rangeClosed(1, lines.size())
                .filter(line -> tooLong(lines.get(line - 1)) && !literal.contains(line))
                .mapToObj(line -> new Finding("line-length", file.path(), line, "is longer than " + MAX_LINE));
    }

    /** What is quoted is as long as it is. */
    private static Set<Integer> linesInsideTextBlocks(SourceFile file) {
        Set<Integer> inside = new HashSet<>();
        new TreeScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitLiteral(LiteralTree literal, String nothing) {
                for (int line = file.firstLine(literal) + 1; line <= file.lastLine(literal); line++) {
                    inside.add(line);
                }
                return super.visitLiteral(literal, nothing);
            }
        }.scan(file.tree(), "");
        return inside;
    }

    private static boolean tooLong(String line) {
        return line.codePointCount(0, line.length()) > MAX_LINE;
    }

    static Stream<Finding> methodLength(SourceFile file) {
        List<Finding> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, String owner) {
                String name = type.getSimpleName().toString();
                return super.visitClass(type, owner.isEmpty() ? name : owner + "." + name);
            }

            @Override
            public @Nullable Void visitMethod(MethodTree method, String owner) {
                if (method.getBody() != null && !isTableOfCases(file, method)) {
                    int length = file.lastLine(method) - file.firstLine(method.getBody()) + 1;
                    if (length > MAX_METHOD) {
                        found.add(new Finding(
                                "method-length",
                                file.path(),
                                owner + "." + method.getName(),
                                file.firstLine(method),
                                "has " + length + " lines, at most " + MAX_METHOD + "; name its steps"));
                    }
                }
                return super.visitMethod(method, owner);
            }
        }.scan(file.tree(), "");
        return found.stream();
    }

    /** A test's cases are data; a table does not get clearer by being cut. */
    private static boolean isTableOfCases(SourceFile file, MethodTree method) {
        var statements = method.getBody().getStatements();
        return file.file().isTest() && statements.size() == 1 && statements.getFirst() instanceof ReturnTree;
    }
}
