// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

/**
 * One place that is not tidy.
 *
 * @param rule the rule's name
 * @param path the file, from the repository's root
 * @param member what in the file, when the rule looks at parts of it; else empty
 * @param line from 1
 * @param message what is wrong and what to do
 */
record Finding(String rule, String path, String member, int line, String message) {
    Finding(String rule, String path, int line, String message) {
        this(rule, path, "", line, message);
    }

    /** As it stands in the list of exceptions; without the line, which moves. */
    String key() {
        return rule + " " + path + (member.isEmpty() ? "" : "#" + member);
    }

    @Override
    public String toString() {
        return path + ":" + line + ": " + rule + ": " + message;
    }
}
