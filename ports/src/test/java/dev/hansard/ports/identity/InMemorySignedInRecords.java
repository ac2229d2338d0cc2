// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is signed in, in the memory of a test. */
public final class InMemorySignedInRecords implements SignedInRecords {
    private final Map<String, SignedInRecord> records = new HashMap<>();

    @Override
    public synchronized void add(SignedInRecord added, Instant now, Instant idleSince) {
        records.values()
                .removeIf(it -> !it.endsAt().isAfter(now) || !it.usedAt().isAfter(idleSince));
        makeRoom(MOST_OF_ONE, it -> isSame(it.person(), added.person()));
        makeRoom(MOST, _ -> true);
        records.put(
                added.digest(),
                new SignedInRecord(
                        added.digest(),
                        added.person(),
                        added.usedAt().truncatedTo(ChronoUnit.MICROS),
                        added.endsAt().truncatedTo(ChronoUnit.MICROS)));
    }

    private static boolean isSame(Person one, Person other) {
        return one.caller().provider().equals(other.caller().provider())
                && one.caller().subject().equals(other.caller().subject());
    }

    private void makeRoom(int most, Predicate<SignedInRecord> among) {
        if (records.values().stream().filter(among).count() >= most) {
            records.values().stream()
                    .filter(among)
                    .min(Comparator.comparing(SignedInRecord::usedAt))
                    .ifPresent(oldest -> records.remove(oldest.digest()));
        }
    }

    @Override
    public synchronized @Nullable SignedInRecord find(String digest) {
        return records.get(digest);
    }

    @Override
    public synchronized void use(String digest, Instant at) {
        Instant time = at.truncatedTo(ChronoUnit.MICROS);
        records.computeIfPresent(digest, (_, it) -> it.usedAt().isBefore(time) ? it.usedAt(time) : it);
    }

    @Override
    public synchronized @Nullable SignedInRecord remove(String digest) {
        return records.remove(digest);
    }

    @Override
    public synchronized int count() {
        return records.size();
    }
}
