// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an error of PostgreSQL means to whoever runs Hansard. */
final class PostgresFailure {
    /** A standby, or a server that was set so. */
    static final String READ_ONLY = "25006";
    /** There is no partition for a row. */
    static final String NO_PARTITION = "23514";
    /** A key is taken. */
    static final String TAKEN = "23505";
    /** Ours: the position of the node is not this process's to move. */
    static final String OTHER_PROCESS = "HN001";

    private PostgresFailure() {}

    /** The innermost state that says something; empty when there is none. */
    static String stateOf(Throwable failure) {
        String state = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return state;
    }

    /** Whether the server cannot be asked at all, which passes. */
    static boolean isAway(Throwable failure) {
        String state = stateOf(failure);
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    /** The error of the driver behind a failure; null when there is none. */
    static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** What is wrong and what helps, without the statement and its values. */
    static String describe(Throwable failure) {
        String state = stateOf(failure);
        String meaning = switch (state) {
            case "" -> "gave no connection in time; see whether it runs, and whether storage.catalog.pool is too small";
            case READ_ONLY -> "is read-only; wait for its failover, or let the URL name the primary";
            case "55P03" -> "keeps something locked for too long; see pg_locks";
            case "57014" -> "did not answer in time; see its load";
            case "53100" -> "has no disk space left; make room";
            case "53300" -> "takes no more connections; raise max_connections or lower storage.catalog.pool";
            case "28P01", "28000" -> "refused the username or password";
            case "3D000" -> "has no such database; create it";
            case "42501" -> "does not grant enough; see docs/storage.md for what the role needs";
            case OTHER_PROCESS ->
                "knows another process by the name of this node, or was restored from a backup;"
                        + " give each node its own name, or start this one again";
            default -> byClass(state);
        };
        return meaning + " (SQL state " + (state.isEmpty() ? "none" : state) + ")";
    }

    private static String byClass(String state) {
        if (state.startsWith("08") || state.startsWith("57P")) {
            return "cannot be reached; see whether it runs";
        }
        return state.startsWith("53") ? "lacks resources" : "failed";
    }
}
