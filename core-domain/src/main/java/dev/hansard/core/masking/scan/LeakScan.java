// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.Inspection;
import dev.hansard.core.masking.Inspection.Found;
import dev.hansard.core.masking.MaskingTools;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.scan.Finding.Trace;
import dev.hansard.core.masking.scan.ScanReport.Coverage;
import dev.hansard.core.masking.scan.Tally.Spot;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedPlace;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Looks through stored sessions for fields that no rule lists: those whose values the record has in the clear, and
 * those whose values it lacks only because a detector came upon them. A detector sees what looks like something; the
 * next value of the same field may not. Belongs to one thread.
 */
public final class LeakScan {
    /** Most findings that are told apart. What somebody makes up as names in messages must not fill the memory. */
    static final int MAX_FINDINGS = 5_000;

    private final Inspection inspection;
    private final ListedRules listed;
    private final Places places;
    private final Tally tally = new Tally(MAX_FINDINGS);
    private long sessions;
    private long unreadableSessions;
    private long contents;
    private long withheld;
    private long truncated;
    private long unreadable;

    /** One that has seen nothing yet. */
    public LeakScan(ListedRules listed, MaskingTools tools) {
        this.listed = listed;
        this.inspection = new Inspection(What.rules(), tools);
        this.places = new Places(new SafeNames(inspection::hidesIn), Findings.MAX_PLACE);
    }

    /** Looks through one session. */
    public void look(StoredSession session) {
        sessions++;
        look(session, session.request());
        look(session, session.response());
    }

    /** There is a session that cannot be looked through. */
    public void addUnreadable() {
        unreadableSessions++;
    }

    private void look(StoredSession session, StoredMessage message) {
        for (String target : message.targets()) {
            clear(session, message, inspection.target(target));
        }
        clear(session, message, inspection.fields(message.fields()));
        look(session, message, message.content());
        detected(session, message);
        truncated += message.truncated() ? 1 : 0;
        withheld += message.masking().status() == MaskStatus.WITHHELD ? 1 : 0;
    }

    private void look(StoredSession session, StoredMessage message, StoredMessage.Content content) {
        switch (content) {
            case StoredMessage.None() -> {}
            case StoredMessage.Unreadable() -> unreadable++;
            case StoredMessage.Kept(ByteBuffer bytes) -> {
                var all = new byte[bytes.remaining()];
                bytes.duplicate().get(all);
                Found found = inspection.content(message.contentType(), all);
                contents += found.unread() == null ? 1 : 0;
                unreadable += found.unread() == null ? 0 : 1;
                clear(session, message, found);
            }
        }
    }

    private void clear(StoredSession session, StoredMessage message, Found found) {
        for (MaskedPlace place : found.places()) {
            Place where = places.of(place.at());
            add(session, message, where, What.of(place.rule()), Trace.CLEAR);
        }
        long values =
                found.hits().values().stream().mapToLong(Integer::longValue).sum();
        tally.addUnplaced(values - found.places().size());
    }

    /** What is found where nothing has a name cannot be listed by anybody. */
    private void detected(StoredSession session, StoredMessage message) {
        List<MaskedPlace> masked = message.masking().places();
        for (MaskedPlace place : masked) {
            if (listed.detectsOnly(session.service(), place.rule())) {
                Place where = places.of(place.at());
                What what = listed.recognised(session.service(), place.rule());
                if (where.selection() != null) {
                    add(session, message, where, what, Trace.DETECTED);
                }
            }
        }
    }

    private void add(StoredSession session, StoredMessage message, Place place, What what, Trace trace) {
        tally.add(new Spot(session.service(), message.direction(), place, what, trace), session.id());
    }

    /** What was found so far. */
    public ScanReport report() {
        List<Finding> findings = tally.findings();
        var coverage =
                new Coverage(sessions, unreadableSessions, contents, withheld, truncated, unreadable, tally.unplaced());
        Proposals proposals = Proposals.of(findings, listed);
        return new ScanReport(findings, coverage, proposals.all(), proposals.without());
    }

    /** How many findings there are so far. */
    public int found() {
        return tally.size();
    }
}
