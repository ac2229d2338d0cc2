// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

/**
 * A command cannot do what it was asked to: the message and the hint are shown, and the process exits with the code.
 */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;
    private final boolean isNotAllowed;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message what is wrong; never a payload or a secret
     * @param hint what to do about it; may be empty
     */
    public CommandFailedException(int exitCode, String message, String hint) {
        this(exitCode, message, hint, false);
    }

    private CommandFailedException(int exitCode, String message, String hint, boolean isNotAllowed) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
        this.isNotAllowed = isNotAllowed;
    }

    /** The node knows nobody by what was shown, or does not let them do this; asking again changes nothing. */
    public static CommandFailedException notAllowed(String message, String hint) {
        return new CommandFailedException(ExitCode.UNREACHABLE, message, hint, true);
    }

    /** The command line or the configuration is wrong. */
    public static CommandFailedException usage(String message, String hint) {
        return new CommandFailedException(ExitCode.USAGE, message, hint);
    }

    public int exitCode() {
        return exitCode;
    }

    /** Whether it was refused for who asked, and not for what is out of order. */
    public boolean isNotAllowed() {
        return isNotAllowed;
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
