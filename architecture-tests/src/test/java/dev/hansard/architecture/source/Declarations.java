// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines on which types and members are declared. ArchUnit reads class files, which hold lines for code only: for a
 * field, a signature or a type it says line 0.
 */
public final class Declarations {
    private final Map<String, Integer> lines = new HashMap<>();

    public Declarations(List<SourceFile> files) {
        files.forEach(file -> new Scanner(file).scan(file.tree(), file.packageName()));
    }

    /**
     * The line of a member in ArchUnit's words, such as {@code a.b.Outer$Inner.name(java.lang.String)}; of its type
     * when the member is not written out, like a record's constructor.
     */
    public Optional<Integer> lineOf(String member) {
        int parameters = member.indexOf('(');
        String name = parameters < 0 ? member : member.substring(0, parameters);
        return Optional.ofNullable(lines.get(name))
                .or(() -> Optional.ofNullable(lines.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))))));
    }

    private final class Scanner extends TreeScanner<@Nullable Void, String> {
        private final SourceFile file;

        Scanner(SourceFile file) {
            this.file = file;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, String owner) {
            boolean nested = lines.containsKey(owner);
            String name = owner + (nested ? "$" : ".") + type.getSimpleName();
            lines.put(name, file.firstLine(type));
            return super.visitClass(type, name);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, String owner) {
            lines.put(owner + "." + method.getName(), file.firstLine(method));
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree field, String owner) {
            lines.put(owner + "." + field.getName(), file.firstLine(field));
            return null;
        }
    }
}
