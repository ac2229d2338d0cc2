// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.session.PathPattern;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionQuery.StatusRange;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks for besides the services, as SQL. Every value is a parameter. Of a path with wildcards SQL sees
 * the literal beginning only, of callers with wildcards nothing, and {@link #accepts} the rest, in bounded time: a
 * pattern of LIKE can be made to take the server for ever.
 */
final class Conditions {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    // What SQL cannot decide, or must not; null when it decides all.
    private final @Nullable SessionQuery rest;

    private Conditions(@Nullable SessionQuery rest) {
        this.rest = rest;
    }

    static Conditions of(SessionQuery query) {
        PathPattern path = query.path();
        boolean wild = (path != null && !path.isLiteral()) || isWild(query.callers()) || isWild(query.groups());
        var conditions = new Conditions(wild ? query : null);
        conditions.addStatuses(query.statuses());
        conditions.addAny("s.method = ANY(?)", query.methods());
        conditions.addPath(path);
        if (!isWild(query.callers())) {
            conditions.addAny(
                    "s.caller_subject = ANY(?)",
                    query.callers().stream().map(CallerPattern::text).toList());
        }
        if (!isWild(query.groups())) {
            conditions.addAny(
                    "s.caller_groups && ?",
                    query.groups().stream()
                            .map(group -> group.text().substring(CallerPattern.GROUP.length()))
                            .toList());
        }
        if (query.after() != null) {
            conditions.add("s.started_nanos >= ?", SessionIds.nanos(query.after()));
        }
        if (query.before() != null) {
            conditions.add("s.started_nanos < ?", SessionIds.nanos(query.before()));
        }
        return conditions;
    }

    /** With the services, for a search that does not go service by service. */
    Conditions andServices(List<ServiceName> services) {
        var more = new Conditions(rest);
        more.sql.append(sql);
        more.values.addAll(values);
        more.addAny(
                "s.service = ANY(?)", services.stream().map(ServiceName::value).toList());
        return more;
    }

    /** Parts that begin with {@code AND}; empty when everything fits. */
    String sql() {
        return sql.toString();
    }

    List<Object> values() {
        return Collections.unmodifiableList(values);
    }

    /** Whether sessions may be read that do not fit, so that a search has to go in steps. */
    boolean isSelective() {
        return !values.isEmpty() || rest != null;
    }

    /** Whether a session that fits the SQL may still not fit the query. */
    boolean hasWildcards() {
        return rest != null;
    }

    boolean accepts(SessionSummary session) {
        return rest == null || rest.matches(session);
    }

    private static boolean isWild(List<CallerPattern> patterns) {
        return patterns.stream().anyMatch(pattern -> !pattern.isLiteral());
    }

    private void addStatuses(List<StatusRange> ranges) {
        if (!ranges.isEmpty()) {
            sql.append(" AND (")
                    .append(String.join(" OR ", Collections.nCopies(ranges.size(), "s.status BETWEEN ? AND ?")))
                    .append(')');
            for (StatusRange range : ranges) {
                values.add(range.first());
                values.add(range.last());
            }
        }
    }

    /** One of these texts, which are one parameter. */
    private void addAny(String condition, List<String> texts) {
        if (!texts.isEmpty()) {
            add(condition, texts.stream().map(PostgresText::encode).toArray(String[]::new));
        }
    }

    private void addPath(@Nullable PathPattern path) {
        if (path == null) {
            return;
        }
        String prefix = path.literalPrefix();
        if (path.isLiteral()) {
            add("s.path = ?", PostgresText.encode(prefix));
        } else if (!prefix.isEmpty() && !Character.isHighSurrogate(prefix.charAt(prefix.length() - 1))) {
            add("starts_with(s.path, ?)", PostgresText.encode(prefix));
        }
    }

    private void add(String condition, Object value) {
        sql.append(" AND ").append(condition);
        values.add(value);
    }
}
