// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

/** What the process says about itself, on stderr. */
public record LogSettings(Level level, Format format) {
    public static final LogSettings DEFAULT = new LogSettings(Level.INFO, Format.AUTO);

    /** The least important line that is written. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** How a line is written. */
    public enum Format {
        /** Text on a terminal, JSON otherwise. */
        AUTO,
        TEXT,
        JSON
    }
}
