// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a command talks to. Data goes to {@code out}, everything else to {@code err}.
 *
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 * @param columns width of the terminal; {@link Integer#MAX_VALUE} when {@code out} is none
 * @param environment the environment variables
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        Map<String, String> environment) {
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /**
     * The terminal of this process. The script {@code hansard} says in two properties what Java cannot see: which
     * streams are a terminal ({@code hansard.terminal=out,err}) and how wide it is ({@code hansard.columns}).
     */
    public static Terminal ofProcess(Properties properties, Map<String, String> environment) {
        String known = properties.getProperty("hansard.terminal");
        boolean both = Stream.ofNullable(System.console()).anyMatch(Console::isTerminal);
        boolean out = known == null ? both : known.contains("out");
        boolean err = known == null ? both : known.contains("err");
        int columns = out ? columns(properties.getProperty("hansard.columns", "")) : Integer.MAX_VALUE;
        return new Terminal(stream(FileDescriptor.out), stream(FileDescriptor.err), out, err, columns, environment);
    }

    // Always UTF-8: recorded text must not depend on the locale. Println flushes.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    private static int columns(String text) {
        try {
            return Math.max(FEWEST_COLUMNS, Integer.parseInt(text.strip()));
        } catch (NumberFormatException _) {
            return USUAL_COLUMNS;
        }
    }

    /** Says something that is no data, such as what to do next. */
    public void hint(String text) {
        err.println("hint: " + text);
    }
}
