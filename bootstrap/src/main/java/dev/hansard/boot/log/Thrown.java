// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.hansard.boot.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An exception for the log: its class, its frames and its causes. Its message is left out unless it is ours or comes
 * from the operating system, because the messages of parsers and drivers quote what they were given, and that may be
 * a payload.
 */
final class Thrown {
    private static final int MOST_FRAMES = 60;
    private static final int MOST_CAUSES = 8;
    private static final Set<String> TRUSTED = Set.of("java.io", "java.net", "java.nio.file", "javax.net.ssl");

    private Thrown() {}

    static List<String> lines(IThrowableProxy thrown) {
        List<String> lines = new ArrayList<>();
        IThrowableProxy cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            lines.add((depth == 0 ? "" : "caused by ") + headline(cause));
            frames(cause, lines);
            cause = cause.getCause();
        }
        return lines;
    }

    private static String headline(IThrowableProxy thrown) {
        String type = String.valueOf(thrown.getClassName());
        String message = thrown.getMessage();
        String folder = type.substring(0, Math.max(0, type.lastIndexOf('.')));
        boolean trusted = type.startsWith("dev.hansard.") || TRUSTED.contains(folder);
        return trusted && message != null ? type + ": " + Visible.inLine(message) : type;
    }

    private static void frames(IThrowableProxy thrown, List<String> lines) {
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        // What a cause shares with the exception around it has been said.
        int own = Math.max(0, frames.length - thrown.getCommonFrames());
        for (int i = 0; i < Math.min(own, MOST_FRAMES); i++) {
            lines.add("  " + frames[i].getSTEAsString());
        }
        if (own > MOST_FRAMES) {
            lines.add("  ... " + (own - MOST_FRAMES) + " more");
        }
    }
}
