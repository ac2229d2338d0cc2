// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** What an error of H2 says about the file. */
final class H2Failure {
    private static final Set<Integer> DAMAGE = Set.of(ErrorCode.FILE_CORRUPTED_1, ErrorCode.GENERAL_ERROR_1);

    /** After these H2 has given up writing, and what it held in memory is gone, although the file may be sound. */
    private static final Set<Integer> WRITING_GIVEN_UP = Set.of(
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.FILE_VERSION_ERROR_1,
            ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1);

    private H2Failure() {}

    /** Whether the rows of the file are lost. */
    static boolean isDamage(Throwable failure, boolean isWritable) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                int code = sql.getErrorCode();
                if (DAMAGE.contains(code) || (isWritable && WRITING_GIVEN_UP.contains(code))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The kind of error, without the statement and its values. */
    static String describe(Throwable failure) {
        SQLException sql = sqlCause(failure);
        if (sql != null) {
            return "H2 error " + sql.getErrorCode() + " (SQL state " + sql.getSQLState() + ")";
        }
        String message = failure.getMessage();
        return failure instanceof MVStoreException && message != null
                ? message
                : failure.getClass().getSimpleName();
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
