// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look for. Parts are joined by and, the values of one part by or; an empty list or null means any.
 *
 * @param methods exact methods
 * @param path pattern for the path of the target, without its query
 * @param callers patterns for the caller's subject
 * @param groups patterns for one of the caller's groups, each beginning with {@value CallerPattern#GROUP}
 * @param after sessions that started at or after this time
 * @param before sessions that started before this time
 * @since 0.1
 */
public record SessionQuery(
        List<ServiceName> services,
        List<StatusRange> statuses,
        List<String> methods,
        @Nullable PathPattern path,
        List<CallerPattern> callers,
        List<CallerPattern> groups,
        @Nullable Instant after,
        @Nullable Instant before) {
    /** Every session. */
    public static final SessionQuery ALL =
            new SessionQuery(List.of(), List.of(), List.of(), null, List.of(), List.of(), null, null);

    public SessionQuery {
        services = List.copyOf(services);
        statuses = List.copyOf(statuses);
        methods = List.copyOf(methods);
        callers = List.copyOf(callers);
        groups = List.copyOf(groups);
    }

    /** The same, of these services only. */
    public SessionQuery of(List<ServiceName> others) {
        return new SessionQuery(others, statuses, methods, path, callers, groups, after, before);
    }

    /** Whether a session is looked for; what every catalog's answer must agree with. */
    public boolean matches(SessionSummary session) {
        return (services.isEmpty() || services.contains(session.service()))
                && (statuses.isEmpty() || statuses.stream().anyMatch(range -> range.contains(session.status())))
                && (methods.isEmpty() || methods.contains(session.method()))
                && (path == null || path.matches(session.path()))
                && isAmong(callers, session)
                && isAmong(groups, session)
                && (after == null || !session.startedAt().isBefore(after))
                && (before == null || session.startedAt().isBefore(before));
    }

    private static boolean isAmong(List<CallerPattern> patterns, SessionSummary session) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(session.caller()));
    }

    /** Status codes from {@code first} to {@code last}, both included; 0 stands for no response. */
    public record StatusRange(int first, int last) {
        public StatusRange {
            if (first < 0 || last > 999 || first > last) {
                throw new InvalidValueException("status range " + first + " to " + last + " must lie within 0 to 999");
            }
        }

        public boolean contains(int status) {
            return first <= status && status <= last;
        }
    }
}
