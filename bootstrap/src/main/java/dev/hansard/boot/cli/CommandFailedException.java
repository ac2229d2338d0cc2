// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

/**
 * A command cannot do what it was asked to: the message and the hint are shown, and the process exits with the code.
 */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message what is wrong; never a payload or a secret
     * @param hint what to do about it; may be empty
     */
    public CommandFailedException(int exitCode, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** The command line or the configuration is wrong. */
    public static CommandFailedException usage(String message, String hint) {
        return new CommandFailedException(ExitCode.USAGE, message, hint);
    }

    public int exitCode() {
        return exitCode;
    }

    public String hint() {
        return hint;
    }

    /** What is wrong; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "failed" : message;
    }
}
