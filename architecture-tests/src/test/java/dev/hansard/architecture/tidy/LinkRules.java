// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import dev.hansard.architecture.source.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Links of the documents lead somewhere: to a file or folder that exists, and in a document to a heading that it has.
 *
 * @param root the repository
 * @param documents all of its Markdown files, by path
 */
record LinkRules(Path root, Map<String, TextFile> documents) {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

    LinkRules {
        documents = Map.copyOf(documents);
    }

    static List<Finding> check(Path root, List<TextFile> texts) {
        Map<String, TextFile> documents = texts.stream()
                .filter(file -> file.path().endsWith(".md"))
                .collect(Collectors.toMap(TextFile::path, Function.identity()));
        var rules = new LinkRules(root, documents);
        return documents.values().stream().flatMap(rules::brokenLinks).toList();
    }

    private Stream<Finding> brokenLinks(TextFile file) {
        return IntStream.range(0, file.lines().size())
                .boxed()
                .flatMap(line -> LINK.matcher(file.lines().get(line))
                        .results()
                        .filter(link -> !leadsSomewhere(file, link.group(1), link.group(2)))
                        .map(link ->
                                new Finding("link", file.path(), line + 1, "'" + link.group() + "' leads nowhere")));
    }

    private boolean leadsSomewhere(TextFile from, String path, @Nullable String anchor) {
        Path target = root.resolve(from.path()).resolveSibling(path).normalize();
        String key = path.isEmpty()
                ? from.path()
                : root.relativize(target).toString().replace('\\', '/');
        if (!path.isEmpty() && !Files.exists(target)) {
            return false;
        }
        TextFile document = documents.get(key);
        return anchor == null || (document != null && hasHeading(document, anchor));
    }

    private static boolean hasHeading(TextFile document, String anchor) {
        return document.lines().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> NOT_IN_ANCHORS.matcher(title).replaceAll("").replace(' ', '-'))
                .anyMatch(anchor::equals);
    }
}
