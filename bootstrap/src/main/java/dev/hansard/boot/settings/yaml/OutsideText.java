// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.settings.yaml.Tree.Scalar;
import java.nio.file.Path;
import java.util.Map;

/**
 * A text of the configuration that can be read anew, because it names a file that may have changed since. Never
 * printed. Safe for any number of threads.
 */
public final class OutsideText {
    private final Scalar written;
    private final Map<String, String> environment;
    private final Files files;

    public OutsideText(Scalar written, Map<String, String> environment, Files files) {
        this.written = written;
        this.environment = environment;
        this.files = files;
    }

    /** Whether it can change while the process runs. */
    public boolean isChangeable() {
        return written.source().contains("${file:");
    }

    /** What it was when the configuration was loaded. */
    public String atLoading() {
        return written.text();
    }

    /**
     * What it is now.
     *
     * @throws MisfitException when it cannot be read; says why, and nothing of what it is
     */
    public String now() {
        if (!isChangeable()) {
            return written.text();
        }
        var problems = new Problems();
        Path parent = Path.of(written.at().file()).getParent();
        String text = new Interpolation(environment, files, problems)
                .fill(written.source(), written.at(), parent == null ? Path.of("") : parent)
                .text();
        if (problems.hasErrors()) {
            Problem first = problems.sorted().getFirst();
            throw new MisfitException(first.message(), first.hint());
        }
        return text;
    }

    @Override
    public String toString() {
        return "OutsideText[" + written.at() + "]";
    }
}
