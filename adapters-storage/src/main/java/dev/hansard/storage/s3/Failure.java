// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.StorageException;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, in our words. What the client throws holds whole requests, so it is never a cause of what we
 * throw; only trouble with the network is.
 *
 * @param kind what can be done about it
 * @param code the word that S3 has for it; empty when there was no answer
 * @param where the bucket, for people
 */
record Failure(
        Kind kind,
        int status,
        String code,
        String text,
        String where,
        @Nullable IOException cause) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** Codes of 400 that another attempt of the same request can cure. */
    private static final Set<String> PASSING =
            Set.of("RequestTimeout", "BadDigest", "IncompleteBody", "XAmzContentSHA256Mismatch", "SlowDown");

    /** Codes that concern all we do there, whatever their status. */
    private static final Set<String> GENERAL = Set.of(
            "NoSuchBucket",
            "ExpiredToken",
            "InvalidToken",
            "TokenRefreshRequired",
            "AuthorizationHeaderMalformed",
            "AuthorizationQueryParametersError",
            "PermanentRedirect",
            "AllAccessDisabled",
            "AccountProblem",
            "QuotaExceeded",
            "InvalidBucketState");

    enum Kind {
        /** The server is down or overloaded; the same request may succeed in a moment. */
        PASSING,
        /** It answers, but lets us do nothing: people have to act. */
        CLOSED,
        /** There is no such object. */
        ABSENT,
        /** It does not want this very request. */
        OWN
    }

    static Failure of(Throwable thrown, String where) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            switch (at) {
                case ErrorResponseException refused -> {
                    return of(refused, where);
                }
                case ServerException broken -> {
                    return new Failure(
                            Kind.PASSING, broken.statusCode(), "", "status " + broken.statusCode(), where, null);
                }
                case IOException network -> {
                    return new Failure(Kind.PASSING, 0, "", network.toString(), where, network);
                }
                case TimeoutException _ -> {
                    return new Failure(Kind.PASSING, 0, "", "it did not answer in time", where, null);
                }
                default -> {
                    // The reason lies deeper.
                }
            }
        }
        // A body that is no XML where XML should be: something in between answers in the server's place.
        return new Failure(
                Kind.PASSING,
                0,
                "",
                "its answer is not S3: " + thrown.getClass().getSimpleName(),
                where,
                null);
    }

    private static Failure of(ErrorResponseException refused, String where) {
        String code = refused.errorResponse().code() == null
                ? ""
                : refused.errorResponse().code();
        int status = refused.response() == null ? 0 : refused.response().code();
        return new Failure(kind(status, code), status, code, "status " + status + " " + code, where, null);
    }

    private static Kind kind(int status, String code) {
        if (GENERAL.contains(code)) {
            return Kind.CLOSED;
        }
        if (status == TOO_MANY_REQUESTS
                || PASSING.contains(code)
                || (status >= SERVER_ERROR && status != NOT_IMPLEMENTED)) {
            return Kind.PASSING;
        }
        if (status == FORBIDDEN) {
            return Kind.CLOSED;
        }
        return status == NOT_FOUND || code.equals("NoSuchKey") ? Kind.ABSENT : Kind.OWN;
    }

    /** The answer is not there, or another service's, which says nothing about the object. */
    boolean isOutage() {
        return kind == Kind.PASSING || kind == Kind.CLOSED;
    }

    StorageException toException(String what) {
        String message = what + ": " + where + " failed with " + text + hint();
        if (isOutage()) {
            return StorageException.outage(message, cause);
        }
        return new StorageException(message);
    }

    private String hint() {
        return switch (code) {
            case "NoSuchBucket" -> "; make the bucket, or correct storage.payloads.bucket";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
                "; correct storage.payloads.access-key and secret-key";
            case "AccessDenied" ->
                "; grant the access key what docs/storage-s3.md lists, or wait until the object's lock ends";
            case "RequestTimeTooSkewed" ->
                "; the clocks of this node and of the server are too far apart, so correct them (NTP)";
            case "AuthorizationHeaderMalformed", "PermanentRedirect" -> "; correct storage.payloads.region";
            case "QuotaExceeded" -> "; raise the bucket's quota";
            default -> "";
        };
    }
}
