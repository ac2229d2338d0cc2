// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which class a session gets, and how long each class keeps. What is more specific wins, so that a rule about all
 * services cannot shorten what one service promised: first the rules that name the session's service, in the order
 * written; then the class of the service; then the other rules; then the default class.
 *
 * @param classes how long each keeps; {@link RetentionClass#DEFAULT} is among them
 * @param ofServices the class of the services that name one
 * @param rules in the order written
 * @param metadata how long the rows of sessions stay; null for as long as their records
 */
public record RetentionRules(
        Map<RetentionClass, Duration> classes,
        Map<ServiceName, RetentionClass> ofServices,
        List<Rule> rules,
        @Nullable Duration metadata) {
    /** How long sessions stay where nothing else is said. */
    public static final Duration USUAL = Duration.ofDays(30);

    /** What holds when nothing is configured. */
    public static final RetentionRules DEFAULT =
            new RetentionRules(Map.of(RetentionClass.DEFAULT, USUAL), Map.of(), List.of());

    /** Rules by which rows go with their records. */
    public RetentionRules(
            Map<RetentionClass, Duration> classes, Map<ServiceName, RetentionClass> ofServices, List<Rule> rules) {
        this(classes, ofServices, rules, null);
    }

    public RetentionRules {
        classes = Map.copyOf(classes);
        ofServices = Map.copyOf(ofServices);
        rules = List.copyOf(rules);
    }

    /**
     * A rule.
     *
     * @param when the sessions that it is about
     * @param retention the class that they get
     */
    public record Rule(SessionQuery when, RetentionClass retention) {}

    /** The session with its class, which is decided when the call has ended. */
    public Session classified(Session session) {
        if (rules.isEmpty() && ofServices.isEmpty()) {
            return session;
        }
        RetentionClass retention = classOf(session.summary());
        return retention.equals(session.retention()) ? session : session.withRetention(retention);
    }

    /** The class of a session. */
    public RetentionClass classOf(SessionSummary session) {
        RetentionClass ruled = firstOf(session, true);
        if (ruled == null) {
            ruled = ofServices.get(session.service());
        }
        if (ruled == null) {
            ruled = firstOf(session, false);
        }
        return ruled == null ? RetentionClass.DEFAULT : ruled;
    }

    private @Nullable RetentionClass firstOf(SessionSummary session, boolean namesServices) {
        for (Rule rule : rules) {
            if (rule.when().services().isEmpty() != namesServices && rule.when().matches(session)) {
                return rule.retention();
            }
        }
        return null;
    }

    /**
     * From when on a segment may go: when its youngest session has been kept for as long as its class says. Null when
     * the class is not configured any more; then it stays, since nobody says for how long. Rows stay for as long as is
     * configured for rows, but no shorter than a record would.
     */
    public @Nullable Instant dueAt(Segment segment) {
        Duration keep = classes.get(segment.retention());
        if (segment.isRows() && metadata != null) {
            return segment.end().plus(keep == null || keep.compareTo(metadata) < 0 ? metadata : keep);
        }
        return keep == null ? null : segment.end().plus(keep);
    }

    /** What becomes of the rows of a segment that goes now. */
    Segments.Rows rowsOf(Segment segment, Instant now) {
        boolean stay = !segment.isRows()
                && metadata != null
                && now.isBefore(segment.end().plus(metadata));
        return stay ? Segments.Rows.STAY : Segments.Rows.GO;
    }

    boolean isDue(Segment segment, Instant now) {
        Instant due = dueAt(segment);
        return due != null && !now.isBefore(due);
    }
}
