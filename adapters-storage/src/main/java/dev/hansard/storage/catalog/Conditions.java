// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

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
 * the literal beginning only, of callers with wildcards nothing, and {@link #accepts} the rest: H2's LIKE and REGEXP
 * go back and forth without a bound on a hostile pattern.
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
        conditions.addIn("method", query.methods());
        conditions.addPath(path);
        if (!isWild(query.callers())) {
            conditions.addIn(
                    "caller_subject",
                    query.callers().stream().map(CallerPattern::text).toList());
        }
        if (!isWild(query.groups())) {
            conditions.addGroups(query.groups());
        }
        if (query.after() != null) {
            conditions.add(" AND started_nanos >= ?", SessionIds.nanos(query.after()));
        }
        if (query.before() != null) {
            conditions.add(" AND started_nanos < ?", SessionIds.nanos(query.before()));
        }
        return conditions;
    }

    /** With the services, for a search that does not go service by service. */
    Conditions andServices(List<ServiceName> services) {
        var more = new Conditions(rest);
        more.sql.append(sql);
        more.values.addAll(values);
        more.addIn("service", services.stream().map(ServiceName::value).toList());
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

    private void addStatuses(List<StatusRange> ranges) {
        if (!ranges.isEmpty()) {
            sql.append(" AND (")
                    .append(String.join(" OR ", Collections.nCopies(ranges.size(), "status BETWEEN ? AND ?")))
                    .append(')');
            for (StatusRange range : ranges) {
                values.add(range.first());
                values.add(range.last());
            }
        }
    }

    private void addIn(String column, List<String> texts) {
        if (!texts.isEmpty()) {
            sql.append(" AND ").append(column).append(" IN (");
            sql.append(String.join(", ", Collections.nCopies(texts.size(), "?")))
                    .append(')');
            values.addAll(texts);
        }
    }

    private static boolean isWild(List<CallerPattern> patterns) {
        return patterns.stream().anyMatch(pattern -> !pattern.isLiteral());
    }

    private void addGroups(List<CallerPattern> groups) {
        if (!groups.isEmpty()) {
            sql.append(" AND (")
                    .append(String.join(" OR ", Collections.nCopies(groups.size(), "ARRAY_CONTAINS(caller_groups, ?)")))
                    .append(')');
            groups.forEach(group -> values.add(group.text().substring(CallerPattern.GROUP.length())));
        }
    }

    private void addPath(@Nullable PathPattern path) {
        if (path == null) {
            return;
        }
        String prefix = path.literalPrefix();
        if (path.isLiteral()) {
            add(" AND path = ?", prefix);
        } else if (!prefix.isEmpty()) {
            values.add(prefix.length());
            add(" AND LEFT(path, ?) = ?", prefix);
        }
    }

    private void add(String condition, Object value) {
        sql.append(condition);
        values.add(value);
    }
}
