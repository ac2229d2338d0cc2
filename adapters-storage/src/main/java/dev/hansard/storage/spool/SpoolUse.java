// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.usage.StoredParts.Waiting;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Adds up what the spool holds of each service, from the heads of its frames. What was read of a file is remembered:
 * a file only grows. Safe for any number of threads.
 */
final class SpoolUse {
    private final SpoolFiles files;
    private final TreeMap<Long, Tally> tallies = new TreeMap<>();

    SpoolUse(SpoolFiles files) {
        this.files = files;
    }

    private static final class Tally {
        private final Map<ServiceName, Waiting> services = new HashMap<>();
        private long readTo = FileHeader.LENGTH;
    }

    synchronized List<Waiting> now() throws IOException {
        long number = 0;
        Optional<Known> next = files.from(number);
        while (next.isPresent()) {
            Known file = next.get();
            tallies.headMap(file.number())
                    .keySet()
                    .removeIf(known -> files.find(known).isEmpty());
            read(file, tallies.computeIfAbsent(file.number(), _ -> new Tally()));
            number = file.number() + 1;
            next = files.from(number);
        }
        tallies.tailMap(number).clear();
        return sum();
    }

    private List<Waiting> sum() {
        Map<ServiceName, Waiting> sums = new HashMap<>();
        for (Tally tally : tallies.values()) {
            tally.services.values().forEach(its -> sums.merge(its.service(), its, SpoolUse::and));
        }
        return List.copyOf(sums.values());
    }

    private static Waiting and(Waiting left, Waiting right) {
        return new Waiting(left.service(), left.sessions() + right.sessions(), left.bytes() + right.bytes());
    }

    private void read(Known known, Tally tally) throws IOException {
        if (known.end() <= tally.readTo) {
            return;
        }
        try (Disk.File file = files.open(known.number())) {
            var scanner = new FrameScanner(file, tally.readTo, known.end(), known.salt(), known.damaged());
            for (Found found = scanner.next(); found != null; found = scanner.next()) {
                if (found.head().kind().isRecord()) {
                    ServiceName service = scanner.summary(found).service();
                    var one = new Waiting(service, 1, found.head().frameLength());
                    tally.services.merge(service, one, SpoolUse::and);
                }
            }
            tally.readTo = known.end();
        } catch (NoSuchFileException _) {
            // Sealed meanwhile; the next look does not find it any more.
            tally.readTo = known.end();
        }
    }
}
