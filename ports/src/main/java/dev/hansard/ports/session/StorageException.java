// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store could not do what was asked. A retry of the same call is safe and may succeed later. The message names the
 * store and the object, never content. It says whether the store as a whole failed to answer, or only this call: who
 * retries waits for the one, and gives up on the other after some tries.
 *
 * @since 0.1
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOutage;
    private final transient @Nullable Reason reason;

    public StorageException(String message, Throwable cause) {
        this(message, cause, false, null);
    }

    public StorageException(String message) {
        this(message, null, false, null);
    }

    private StorageException(String message, @Nullable Throwable cause, boolean isOutage, @Nullable Reason reason) {
        super(message, cause);
        this.isOutage = isOutage;
        this.reason = reason;
    }

    /**
     * Where an object lies that another node keeps for itself still.
     *
     * @param node which has it
     * @param within how soon it will be everybody's, if that node works
     */
    public record Elsewhere(NodeName node, Duration within) implements Reason {}

    /**
     * What is left of a session whose record was removed in its time.
     *
     * @param summary its row in the catalog
     */
    public record Removed(SessionSummary summary) implements Reason {}

    /**
     * A record is not what was entered in the ledger.
     *
     * @param standing how it differs
     */
    public record Doubtful(Standing standing) implements Reason {}

    /**
     * The server keeps an object whatever we want.
     *
     * @param until when that ends by itself; null when somebody has to lift it
     */
    public record Locked(@Nullable Instant until) implements Reason {}

    /** Why an object cannot be had, or not be removed, though its store works. */
    public sealed interface Reason permits Elsewhere, Removed, Locked, Doubtful {}

    /** The store is down, full, overloaded or does not let us in; the same would happen to any other object. */
    public static StorageException outage(String message, @Nullable Throwable cause) {
        return new StorageException(message, cause, true, null);
    }

    /** Another node has the object and has not shared it yet. */
    public static StorageException elsewhere(String message, Elsewhere place) {
        return new StorageException(message, null, false, Objects.requireNonNull(place));
    }

    /** Where the object is, when another node has it; null otherwise. */
    public @Nullable Elsewhere elsewhere() {
        return reason instanceof Elsewhere elsewhere ? elsewhere : null;
    }

    /** The record is not there any more, as it should be. */
    public static StorageException removed(SessionSummary summary) {
        return new StorageException(
                "the record of session " + summary.id() + " was removed in its time; only its row is left",
                null,
                false,
                new Removed(summary));
    }

    /** The record may not pass for what was recorded. */
    public static StorageException doubtful(String message, Standing standing) {
        return new StorageException(message, null, false, new Doubtful(standing));
    }

    /** The server's lock keeps the object. */
    public static StorageException locked(String message, Locked lock) {
        return new StorageException(message, null, false, lock);
    }

    /** Why it cannot be had, or not be removed; null when the store failed. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** Whether it failed for a reason that has nothing to do with the object. */
    public boolean isOutage() {
        return isOutage;
    }
}
