// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.source;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import org.jspecify.annotations.Nullable;

/** A parsed Java file. It is parsed only, not attributed: names are as written. */
public record SourceFile(TextFile file, CompilationUnitTree tree, DocTrees trees) {
    public String path() {
        return file.path();
    }

    /** The line of the first character of {@code node}, from 1, annotations and modifiers included. */
    public int firstLine(Tree node) {
        return lineAt(trees.getSourcePositions().getStartPosition(tree, node));
    }

    public int lastLine(Tree node) {
        return lineAt(trees.getSourcePositions().getEndPosition(tree, node));
    }

    private int lineAt(long position) {
        return (int) tree.getLineMap().getLineNumber(position);
    }

    /** The doc comment of a declaration; null when it has none. */
    public @Nullable String docOf(Tree declaration) {
        return trees.getDocComment(TreePath.getPath(tree, declaration));
    }

    public String packageName() {
        return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
    }
}
