// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.ports.credential.CredentialState;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.TokenExchange;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A token for each caller, got for the one that it brought (RFC 8693). Kept by the digest of the caller's, up to half a
 * minute before its end, {@link #MOST} of them; one request at a time for each. What it is for is the same for all, so
 * that it need not be part of the key. A refusal holds for some seconds. Safe for any number of threads.
 */
public final class ExchangedCredential implements HeldCredential {
    /** How many tokens are kept; the one that was not used for the longest time goes first. */
    static final int MOST = 1_000;

    private static final long REFUSAL_HOLDS_NANOS = 5_000_000_000L;

    private final CredentialSpec spec;
    private final TokenExchange exchange;
    private final CredentialTools tools;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private volatile @Nullable String trouble;

    public ExchangedCredential(CredentialSpec spec, TokenExchange exchange, CredentialTools tools) {
        this.spec = spec;
        this.exchange = exchange;
        this.tools = tools;
    }

    /** The token of one caller's token. */
    private static final class Entry {
        final ReentrantLock flight = new ReentrantLock();
        volatile @Nullable Version version;
        volatile long askedNanos;

        /** Guarded by the flight. */
        @Nullable
        CredentialUnavailableException failure;
    }

    @Override
    public CredentialSpec spec() {
        return spec;
    }

    @Override
    public Version version(@Nullable Secret subject) throws CredentialUnavailableException {
        if (subject == null) {
            throw CredentialUnavailableException.refused("the caller brought no token that could be exchanged");
        }
        Entry entry = entry(subject);
        Version known = entry.version;
        return known != null && !known.isOver(nanos()) ? known : ask(entry, known, subject);
    }

    private Entry entry(Secret subject) {
        String key = digest(subject);
        lock.lock();
        try {
            Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
            if (entries.size() > MOST) {
                var eldest = entries.entrySet().iterator();
                eldest.next();
                eldest.remove();
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private static String digest(Secret subject) {
        try {
            byte[] text = subject.reveal().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Version ask(Entry entry, @Nullable Version before, Secret subject) throws CredentialUnavailableException {
        try {
            if (!entry.flight.tryLock(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw CredentialUnavailableException.passing("the exchange of a token takes too long");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw CredentialUnavailableException.passing("the exchange of a token was not waited for");
        }
        try {
            Version now = entry.version;
            return now != null && !now.equals(before) && !now.isOver(nanos()) ? now : exchanged(entry, subject);
        } finally {
            entry.flight.unlock();
        }
    }

    private Version exchanged(Entry entry, Secret subject) throws CredentialUnavailableException {
        CredentialUnavailableException failure = entry.failure;
        if (failure != null && nanos() - entry.askedNanos < REFUSAL_HOLDS_NANOS) {
            throw failure;
        }
        entry.askedNanos = nanos();
        try {
            SecretReading reading = exchange.exchange(subject);
            String flaw = spec.shape().flaw(reading.values());
            if (flaw != null) {
                throw CredentialUnavailableException.passing("the token cannot be used: " + flaw);
            }
            Version made = Version.of(reading, tools);
            entry.version = made;
            entry.failure = null;
            trouble = null;
            return made;
        } catch (CredentialUnavailableException e) {
            entry.failure = e.isRefused() ? e : null;
            trouble = e.isRefused() ? trouble : e.reason();
            throw e;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw CredentialUnavailableException.passing("the exchange of a token was not waited for");
        }
    }

    @Override
    public @Nullable Version previous() {
        return null;
    }

    @Override
    public @Nullable Version newer(Version used, @Nullable Secret subject) {
        Version known = subject == null ? null : entry(subject).version;
        return known == null || known.id().equals(used.id()) ? null : known;
    }

    @Override
    public @Nullable Version other(Version refused, @Nullable Secret subject) {
        if (subject == null) {
            return null;
        }
        Entry entry = entry(subject);
        boolean isFresh = nanos() - entry.askedNanos < BETWEEN_RENEWALS_NANOS;
        Version known = entry.version;
        if (known != null && !known.id().equals(refused.id())) {
            return known;
        }
        try {
            return isFresh ? null : ask(entry, known, subject);
        } catch (CredentialUnavailableException _) {
            return null;
        }
    }

    @Override
    public void tick() {
        // Each is got when a caller needs it.
    }

    /** Forgets all tokens: each caller gets a new one at its next call. */
    @Override
    public boolean rotate() {
        lock.lock();
        try {
            entries.clear();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long nanos() {
        return tools.nanos().getAsLong();
    }

    @Override
    public CredentialState state() {
        return new CredentialState(spec.name(), spec.service(), spec.type(), null, null, null, null, null, trouble);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
