// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** What an error of H2 says about the file. */
final class H2Failure {
    private static final Set<Integer> DAMAGE = Set.of(
            ErrorCode.FILE_CORRUPTED_1,
            ErrorCode.FILE_VERSION_ERROR_1,
            ErrorCode.GENERAL_ERROR_1,
            ErrorCode.DATABASE_IS_READ_ONLY,
            ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1);
    private static final Set<Integer> STORE_DAMAGE = Set.of(
            DataUtils.ERROR_INTERNAL,
            DataUtils.ERROR_UNSUPPORTED_FORMAT,
            DataUtils.ERROR_FILE_CORRUPT,
            DataUtils.ERROR_CHUNK_NOT_FOUND,
            DataUtils.ERROR_BLOCK_NOT_FOUND);

    /** After these H2 has given up writing, and what it held in memory is gone, although the file may be sound. */
    private static final Set<Integer> WRITING_GIVEN_UP =
            Set.of(ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2, ErrorCode.DATABASE_IS_CLOSED);

    private H2Failure() {}

    /** Whether the rows of the file are lost. */
    static boolean isDamage(Throwable failure, boolean isWritable) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean isDamage = switch (cause) {
                case DamagedDayException _ -> true;
                case MVStoreException store -> isDamage(store, isWritable);
                case SQLException sql -> isDamage(sql, isWritable);
                default -> false;
            };
            if (isDamage) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDamage(MVStoreException store, boolean isWritable) {
        int code = store.getErrorCode();
        return isWritable ? code != DataUtils.ERROR_FILE_LOCKED : STORE_DAMAGE.contains(code);
    }

    private static boolean isDamage(SQLException sql, boolean isWritable) {
        int code = sql.getErrorCode();
        return DAMAGE.contains(code) || (isWritable && WRITING_GIVEN_UP.contains(code));
    }

    /** Whether a row was there already. */
    static boolean isDuplicate(SQLException failure) {
        return failure.getErrorCode() == ErrorCode.DUPLICATE_KEY_1;
    }

    /** The kind of error, without the statement and its values. */
    static String describe(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && (failure instanceof DamagedDayException || failure instanceof MVStoreException)) {
            return message;
        }
        SQLException sql = sqlCause(failure);
        return sql == null
                ? failure.getClass().getSimpleName()
                : "H2 error " + sql.getErrorCode() + " (SQL state " + sql.getSQLState() + ")";
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
