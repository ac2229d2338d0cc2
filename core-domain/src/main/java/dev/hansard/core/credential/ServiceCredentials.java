// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.core.credential.Injected.Part;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The credentials of one service. Safe for any number of threads. */
public final class ServiceCredentials {
    /** How many are kept, because a tenth of a millisecond goes into each; they take up to 300 KiB for a long token. */
    static final int MOST_RECENT = 64;

    private final List<HeldCredential> held;
    private final OnReflection onReflection;
    private final Set<String> fieldNames;
    private final Set<String> queryNames;

    /** What the last call got: the next one gets the same while nothing has changed. */
    private volatile @Nullable Injected last;

    private final ReentrantLock lock = new ReentrantLock();

    /** What callers got that have tokens of their own, by the versions; guarded by the lock. */
    private final Map<String, Injected> recent = new LinkedHashMap<>(16, 0.75f, true);

    public ServiceCredentials(List<? extends HeldCredential> held, OnReflection onReflection) {
        this.held = List.copyOf(held);
        this.onReflection = onReflection;
        this.fieldNames = held.stream()
                .flatMap(one -> one.spec().shape().fieldNames().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.queryNames = held.stream()
                .flatMap(one -> one.spec().shape().queryNames().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a call gets. */
    public sealed interface Issue {
        record Issued(Injected injected) implements Issue {}

        /** The call cannot go on: its target would not let it in. */
        record Unavailable(Refusal refusal) implements Issue {}
    }

    List<HeldCredential> held() {
        return held;
    }

    /** The names, in lower case, of the fields that only Hansard may set for this service. */
    public Set<String> fieldNames() {
        return fieldNames;
    }

    /** The names of the query pairs that only Hansard may set. */
    public Set<String> queryNames() {
        return queryNames;
    }

    /**
     * The credentials by name and version, as they are now; by the name alone where versions are tokens that end soon,
     * since nothing that waits for people would outlive one.
     */
    public String bound() {
        return held.stream()
                .map(HeldCredential::state)
                .map(now -> now.expiresAt() == null && now.version() != null
                        ? now.name() + " " + now.version()
                        : now.name())
                .collect(Collectors.joining("\n"));
    }

    /** What happens to a response that has an injected value. */
    public OnReflection onReflection() {
        return onReflection;
    }

    /**
     * One version of each credential; may wait some seconds where one is not there.
     *
     * @param subject the token that the caller brought; null for none
     */
    public Issue issue(@Nullable Secret subject) {
        var parts = new ArrayList<Part>(held.size());
        for (HeldCredential credential : held) {
            try {
                parts.add(new Part(credential, credential.version(subject)));
            } catch (CredentialUnavailableException e) {
                return new Issue.Unavailable(refusal(e));
            }
        }
        return new Issue.Issued(injected(parts));
    }

    private static Refusal refusal(CredentialUnavailableException e) {
        return e.isRefused()
                ? new Refusal(
                        403,
                        "credential_refused",
                        "This service needs a token for the caller, and none is given for the one that it brought.")
                : new Refusal(
                        503,
                        "credential_unavailable",
                        "The credential for this service cannot be had at the moment; try again later.",
                        List.of(new Field("Retry-After", "5")));
    }

    /**
     * What may be tried once more after an upstream has answered 401. Which of several credentials it has refused it
     * does not say: where some have a newer version, only those change, since the others are most likely right.
     *
     * @return null when there is nothing that it has not refused
     */
    public @Nullable Injected other(Injected refused, @Nullable Secret subject) {
        Injected newer = changed(refused, part -> part.credential().newer(part.version(), subject));
        return newer != null
                ? newer
                : changed(refused, part -> part.credential().other(part.version(), subject));
    }

    private @Nullable Injected changed(Injected refused, Function<Part, @Nullable Version> change) {
        var parts = new ArrayList<Part>(held.size());
        boolean isOther = false;
        for (Part part : refused.parts()) {
            Version other = change.apply(part);
            isOther |= other != null;
            parts.add(other == null ? part : new Part(part.credential(), other));
        }
        return isOther ? made(parts) : null;
    }

    private Injected injected(List<Part> parts) {
        Injected known = last;
        if (known != null && known.isOf(parts)) {
            return known;
        }
        String versions = parts.stream().map(part -> part.version().id()).collect(Collectors.joining(" "));
        Injected found = recent(versions);
        Injected made = found != null && found.isOf(parts) ? found : made(parts);
        last = made;
        keep(versions, made);
        return made;
    }

    private @Nullable Injected recent(String versions) {
        lock.lock();
        try {
            return recent.get(versions);
        } finally {
            lock.unlock();
        }
    }

    private void keep(String versions, Injected injected) {
        lock.lock();
        try {
            recent.put(versions, injected);
            if (recent.size() > MOST_RECENT) {
                var eldest = recent.entrySet().iterator();
                eldest.next();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private Injected made(List<Part> parts) {
        var others = new ArrayList<Secret>();
        for (Part part : parts) {
            Version previous = part.credential().previous();
            if (previous != null) {
                others.addAll(part.credential().spec().shape().secrets(previous.values()));
            }
        }
        return new Injected(parts, fieldNames, queryNames, others);
    }
}
