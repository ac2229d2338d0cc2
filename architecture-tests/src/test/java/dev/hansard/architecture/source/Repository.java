// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.source;

import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The repository that this module is part of. */
public final class Repository {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", "out", "data", ".idea");
    private static final Set<String> TEXT =
            Set.of("java", "md", "xml", "yaml", "yml", "sh", "py", "lua", "in", "sql", "txt", "properties", "json");

    private Repository() {}

    /** The folder with the root pom: the parent of the module that the tests run in. */
    public static Path root() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = module.getParent();
        if (root == null || !Files.exists(root.resolve("architecture-tests/pom.xml"))) {
            throw new IllegalStateException(
                    "'" + module + "' is not a module of the repository; run Maven from its root");
        }
        return root;
    }

    /** Every text file of ours, in order of path; files without an extension count when they start with {@code #!}. */
    public static List<TextFile> texts() {
        Path root = root();
        var found = new ArrayList<TextFile>();
        var walk = new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isText(file)) {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    found.add(TextFile.of(path, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(root, walk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.comparing(TextFile::path));
        return found;
    }

    private static boolean isText(Path file) throws IOException {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot >= 0) {
            return TEXT.contains(name.substring(dot + 1));
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(2), StandardCharsets.ISO_8859_1).equals("#!");
        }
    }

    /** Every Java file of ours, parsed. */
    public static List<SourceFile> sources() {
        return parse(
                texts().stream().filter(file -> file.path().endsWith(".java")).toList());
    }

    /** Parses Java files with the compiler's own parser. */
    public static List<SourceFile> parse(List<TextFile> files) {
        var byUri = new HashMap<URI, TextFile>();
        var units = new ArrayList<JavaFileObject>();
        for (TextFile file : files) {
            var unit = new InMemory(file);
            byUri.put(unit.toUri(), file);
            units.add(unit);
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, units);
        var trees = DocTrees.instance(task);
        var parsed = new ArrayList<SourceFile>();
        try {
            for (var tree : task.parse()) {
                TextFile file = byUri.get(tree.getSourceFile().toUri());
                if (file != null) {
                    parsed.add(new SourceFile(file, tree, trees));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parsed;
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        InMemory(TextFile file) {
            super(URI.create("repository:///" + file.path()), Kind.SOURCE);
            text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
