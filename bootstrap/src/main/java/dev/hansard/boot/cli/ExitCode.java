// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

/** What a script can tell from the exit code. */
public final class ExitCode {
    public static final int DONE = 0;

    /** It worked, and the answer is no. */
    public static final int ANSWER_IS_NO = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    /** The other side cannot be reached, or does not allow it. */
    public static final int UNREACHABLE = 3;

    public static final int NOT_FOUND = 4;
    public static final int TIMED_OUT = 5;

    /** A mistake of ours (EX_SOFTWARE of sysexits.h). */
    public static final int OUR_BUG = 70;

    private ExitCode() {}
}
