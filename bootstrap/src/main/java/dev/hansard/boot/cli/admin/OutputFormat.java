// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

/** How a command prints its data. */
public enum OutputFormat {
    /** For people: what matters most, fitted to the terminal. */
    TABLE,
    /** For people: all that is known of a row. */
    WIDE,
    /** For programs: one document. */
    JSON,
    /** For programs: one document a line. */
    NDJSON,
    /** For scripts: one id a line. */
    ID
}
