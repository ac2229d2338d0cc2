// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.config;

import java.util.List;

/**
 * What came of reading the configuration again.
 *
 * @since 0.1
 */
public sealed interface Reloading {
    /**
     * It is in force.
     *
     * @param version of the policies that are in force now
     * @param changed the sections that were changed
     * @param needRestart the sections that differ from what the node runs with, and that only a restart can change
     * @param warnings what is doubtful in it
     */
    record Applied(String version, List<String> changed, List<String> needRestart, List<Remark> warnings)
            implements Reloading {
        public Applied {
            changed = List.copyOf(changed);
            needRestart = List.copyOf(needRestart);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It is wrong: what was in force stays in force.
     *
     * @param problems everything that is wrong with it, in the order of the files
     */
    record Kept(List<Remark> problems) implements Reloading {
        public Kept {
            problems = List.copyOf(problems);
        }
    }

    /** There is nothing to read. */
    enum Unchangeable implements Reloading {
        NO_FILE
    }

    /**
     * Something about a place of the configuration.
     *
     * @param at file:line:column
     * @param isError whether it must be mended
     * @param message what is wrong; it holds no secret
     * @param hint what to do; may be empty
     */
    record Remark(String at, boolean isError, String message, String hint) {}
}
