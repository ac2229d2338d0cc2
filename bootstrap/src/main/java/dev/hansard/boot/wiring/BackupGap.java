// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.recovery.BackupFacts;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.ledger.EventsSince;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What control data from a backup do not know: as far as the ledger tells it, and what nobody can tell.
 *
 * @param since what the ledger tells
 * @param unknown what has to be looked at by people
 */
record BackupGap(List<String> since, List<String> unknown) {
    BackupGap {
        since = List.copyOf(since);
        unknown = List.copyOf(unknown);
    }

    static BackupGap of(StorageSettings storage, StorageSurroundings around, BackupFacts facts) {
        var since = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        String then = "since " + facts.madeAt();
        try (PayloadStore payloads = BackupTaking.beside(storage, around)) {
            var ledger = new PublishedLedger(payloads, new NodeName(facts.node()));
            EventsSince events = EventsSince.read(ledger, facts.checkpoint());
            if (facts.checkpoint().isEmpty()) {
                unknown.add("whether segments are missing: the backup was made when " + facts.node()
                        + "'s ledger had no checkpoint, or could not be read");
            } else if (events.isTurnedBack()) {
                unknown.add("the payload store has " + events.now() + " leaves of " + facts.node()
                        + "'s ledger, but had " + events.before()
                        + " when the backup was made: segments are missing, put newer ones back");
            } else {
                since.add((events.now() - events.before()) + " leaves were added to " + facts.node() + "'s ledger");
            }
            Set<String> held = holdsThere(storage, around);
            events.events().stream()
                    // Placed before the backup was made, but entered in a later checkpoint.
                    .filter(event -> event.kind() != EventKind.HOLD || !held.contains(event.subject()))
                    .forEach(event -> since.add(line(event)));
            if (events.events().size() == EventsSince.MOST) {
                unknown.add("what else was decided about records: only the first " + EventsSince.MOST + " are named");
            }
        } catch (StorageException | InvalidValueException e) {
            unknown.add("which holds were placed " + then + ": the ledger cannot be read, " + e.getMessage());
        }
        unknown.add("API keys that were revoked " + then + " are valid again, and those made since are not there;"
                + " see `hansard keys ls`");
        unknown.add("audit entries after " + facts.auditNumber()
                + ", and removals that were under way; copies in a SIEM have the entries");
        unknown.add("holds that other nodes placed " + then + "; their ledgers tell of them");
        unknown.add("sessions that were in the spool only");
        return new BackupGap(since, unknown);
    }

    private static Set<String> holdsThere(StorageSettings storage, StorageSurroundings around) {
        try (ControlStore control = Storage.control(storage, around)) {
            RetentionRecords records = control.retention();
            return records == null
                    ? Set.of()
                    : records.holds().list().stream().map(Hold::id).collect(Collectors.toSet());
        }
    }

    private static String line(Event event) {
        String by = event.actor().isEmpty() ? "" : " by " + event.actor();
        String what = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String remedy = event.kind() == EventKind.HOLD ? "; it is not in the backup: place it again" : "";
        return event.at() + " " + what + by + " of " + event.subject() + ": " + event.detail() + remedy;
    }
}
