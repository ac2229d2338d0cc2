// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import com.sun.source.tree.ClassTree;
import dev.hansard.architecture.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands at the head of files, packages and types. */
final class HeaderRules {
    private static final String SPDX = "// SPDX-License-Identifier: Apache-2.0";

    private HeaderRules() {}

    static Stream<Finding> licence(SourceFile file) {
        return file.file().lines().getFirst().equals(SPDX)
                ? Stream.empty()
                : Stream.of(new Finding("licence", file.path(), 1, "must start with '" + SPDX + "'"));
    }

    /** Looks at folders and not at compiled classes, so that test packages count as well. */
    static Stream<Finding> packageInfo(List<SourceFile> files) {
        Map<String, List<SourceFile>> folders =
                files.stream().collect(Collectors.groupingBy(file -> file.file().folder()));
        return folders.entrySet().stream()
                .filter(folder -> folder.getValue().stream().noneMatch(HeaderRules::marksItsPackage))
                .map(folder -> new Finding(
                        "package-info", folder.getKey(), 1, "must have a package-info.java that says @NullMarked"));
    }

    private static boolean marksItsPackage(SourceFile file) {
        return file.file().name().equals("package-info.java")
                && file.tree().getPackageAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getAnnotationType().toString().endsWith("NullMarked"));
    }

    /** A plugin's author must see which version of ports a type needs. */
    static Stream<Finding> since(SourceFile file) {
        boolean published = file.path().startsWith("ports/src/main/java/")
                && !file.file().name().equals("package-info.java");
        return file.tree().getTypeDecls().stream()
                .filter(declaration -> published && declaration instanceof ClassTree)
                .filter(type -> !hasSince(file, (ClassTree) type))
                .map(type -> new Finding(
                        "since",
                        file.path(),
                        file.firstLine(type),
                        "must have a doc comment that says @since, with the version it came with"));
    }

    private static boolean hasSince(SourceFile file, ClassTree type) {
        String doc = file.docOf(type);
        return doc != null && doc.contains("@since ");
    }
}
