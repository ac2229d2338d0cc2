// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import dev.hansard.architecture.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tests must be, beyond passing. */
final class TestRules {
    private static final Set<String> TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example", "FuzzTest");
    private static final Pattern SLEEP = Pattern.compile("(Thread|TimeUnit\\.\\w+|MILLISECONDS|SECONDS)\\.sleep");

    private TestRules() {}

    /** Surefire and Failsafe run only classes that are called so; another name is a test that never runs. */
    static Stream<Finding> testName(SourceFile file) {
        String name = file.file().name().replace(".java", "");
        boolean runs = name.endsWith("Test") || name.endsWith("IT") || name.endsWith("Contract");
        List<Finding> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, String owner) {
                boolean isTest = method.getModifiers().getAnnotations().stream()
                        .anyMatch(annotation ->
                                TESTS.contains(annotation.getAnnotationType().toString()));
                if (isTest && !runs && found.isEmpty()) {
                    found.add(new Finding(
                            "test-name",
                            file.path(),
                            file.firstLine(method),
                            "has tests, but its name ends with none of Test, IT, Contract"));
                }
                return super.visitMethod(method, owner);
            }
        }.scan(file.tree(), "");
        return found.stream();
    }

    /** A test that sleeps is slow when it passes and flaky when the machine is busy. */
    static Stream<Finding> sleep(SourceFile file) {
        List<Finding> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, String owner) {
                String name = type.getSimpleName().toString();
                return super.visitClass(type, name.isEmpty() ? owner : name);
            }

            @Override
            public @Nullable Void visitMethodInvocation(MethodInvocationTree call, String owner) {
                if (SLEEP.matcher(call.getMethodSelect().toString()).matches()) {
                    found.add(new Finding(
                            "sleep",
                            file.path(),
                            owner,
                            file.firstLine(call),
                            "sleeps; await the condition, or move the clock"));
                }
                return super.visitMethodInvocation(call, owner);
            }
        }.scan(file.tree(), "");
        return file.file().isTest() ? found.stream() : Stream.empty();
    }
}
