// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.core.text.Spelling;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.PathPattern;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionQuery.StatusRange;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query language of console, CLI and API: terms of {@code key:value} joined by and, each key once.
 *
 * <ul>
 *   <li>{@code service:payments,ledger}
 *   <li>{@code status:404}, {@code 5xx}, {@code >=500}, {@code 200-299}, {@code none} for a session without response
 *   <li>{@code method:POST,PUT}; in upper case unless quoted, as everyone means POST by post and methods are exact
 *   <li>{@code path:/v1/orders/*}, a {@link PathPattern}; a comma belongs to it
 *   <li>{@code caller:spiffe://prod/*}, the subject, and {@code group:checkout}, one of the groups; {@code *} stands
 *       for any run of characters
 *   <li>{@code after:} and {@code before:} a time of RFC 3339, a day such as {@code 2026-01-31} (from 0:00 UTC), or
 *       how long ago: {@code 30m}, {@code 2h}, {@code 7d}
 *   <li>{@code body:"ord_123"}, a {@link Phrase} in the content of the request or the response; only where contents
 *       are searched, since that reads them
 * </ul>
 *
 * <p>A value may stand in double quotes.
 */
public final class QueryParser {
    /** Most characters of a query. */
    public static final int MAX_LENGTH = 2_048;

    /** Most terms of a query. */
    public static final int MAX_TERMS = 32;

    /** Most values of one term. */
    public static final int MAX_VALUES = 64;

    private static final List<String> KEYS =
            List.of("service", "status", "method", "path", "caller", "group", "after", "before");

    private static final List<String> LATER = List.of(
            "latency",
            "size",
            "has",
            "decision",
            "trace",
            "host",
            "code",
            "state",
            "tag",
            "key",
            "header",
            "query",
            "id",
            "node",
            "listener",
            "label");

    private static final String BODY = "body";

    private final Map<String, QueryTerm> terms = new HashMap<>();
    private final Instant now;

    private QueryParser(Instant now) {
        this.now = now;
    }

    /**
     * Reads a query; a blank one means all sessions.
     *
     * @param now what relative times count from
     * @throws InvalidQueryException with the position of what is wrong
     */
    public static SessionQuery parse(String text, Instant now) {
        QueryParser parser = read(text, now);
        QueryTerm body = parser.terms.get(BODY);
        if (body != null) {
            throw new InvalidQueryException(
                    "'body' looks into contents, which has to be asked for as a search: hansard sessions search, or"
                            + " /api/v1/sessions:search",
                    body.position());
        }
        return parser.query();
    }

    /**
     * Reads a query that looks into contents.
     *
     * @throws InvalidQueryException with the position of what is wrong, or when it has no phrase
     */
    public static Contents parseContents(String text, Instant now) {
        QueryParser parser = read(text, now);
        QueryTerm body = parser.terms.get(BODY);
        if (body == null) {
            throw new InvalidQueryException(
                    "a search in contents needs what to look for; write body:\"...\", such as body:\"ord_123\"",
                    text.length());
        }
        return new Contents(parser.query(), understood(body.whole(), value -> new Phrase(value.text())));
    }

    /**
     * What is looked for in contents.
     *
     * @param sessions of which sessions
     */
    public record Contents(SessionQuery sessions, Phrase phrase) {}

    private static QueryParser read(String text, Instant now) {
        var parser = new QueryParser(now);
        QueryTerm.read(text).forEach(parser::take);
        return parser;
    }

    private void take(QueryTerm term) {
        if (!KEYS.contains(term.key()) && !term.key().equals(BODY)) {
            throw unknown(term);
        }
        if (terms.putIfAbsent(term.key(), term) != null) {
            throw new InvalidQueryException(
                    "'" + term.key() + "' stands twice; terms are joined by and, so give it several values in one term",
                    term.position());
        }
    }

    private static InvalidQueryException unknown(QueryTerm term) {
        String key = term.key();
        if (key.startsWith("-")) {
            return new InvalidQueryException("leaving out with '-' is not available yet", term.position());
        }
        if (LATER.contains(key) || key.startsWith("key.")) {
            return new InvalidQueryException("'" + key + "' is not available yet", term.position());
        }
        String near = Spelling.nearest(key, KEYS);
        return new InvalidQueryException(
                "'" + key + "' is not a key; "
                        + (near == null ? "the keys are " + String.join(", ", KEYS) : "did you mean '" + near + "'?"),
                term.position());
    }

    private SessionQuery query() {
        Instant after = time("after");
        Instant before = time("before");
        QueryTerm end = terms.get("before");
        if (after != null && before != null && end != null && !after.isBefore(before)) {
            throw new InvalidQueryException("'before' must be later than 'after'", end.position());
        }
        return new SessionQuery(
                each("service", value -> new ServiceName(value.text())),
                each("status", QueryParser::statuses),
                each("method", QueryParser::method),
                path(),
                each("caller", value -> new CallerPattern(value.text())),
                each("group", value -> new CallerPattern(CallerPattern.GROUP + value.text())),
                after,
                before);
    }

    private <T> List<T> each(String key, Function<QueryTerm.Value, T> meaning) {
        QueryTerm term = terms.get(key);
        return term == null
                ? List.of()
                : term.values().stream()
                        .map(value -> understood(value, meaning))
                        .toList();
    }

    private static <T> T understood(QueryTerm.Value value, Function<QueryTerm.Value, T> meaning) {
        try {
            return meaning.apply(value);
        } catch (InvalidValueException e) {
            throw new InvalidQueryException(String.valueOf(e.getMessage()), value.position());
        }
    }

    private static String method(QueryTerm.Value value) {
        return value.quoted() ? value.text() : value.text().toUpperCase(Locale.ROOT);
    }

    private @Nullable PathPattern path() {
        QueryTerm term = terms.get("path");
        if (term == null) {
            return null;
        }
        QueryTerm.Value value = term.whole();
        if (!value.text().startsWith("/") && !value.text().startsWith("*")) {
            throw new InvalidQueryException("path '" + value.text() + "' must start with / or *", value.position());
        }
        return understood(value, whole -> new PathPattern(whole.text()));
    }

    private @Nullable Instant time(String key) {
        QueryTerm term = terms.get(key);
        if (term == null) {
            return null;
        }
        if (term.values().size() > 1) {
            throw new InvalidQueryException(
                    "'" + key + "' takes one time only", term.values().get(1).position());
        }
        QueryTerm.Value value = term.values().getFirst();
        Instant time = QueryTime.read(value.text(), now);
        if (time == null) {
            throw new InvalidQueryException(
                    "time '" + value.text() + "' must look like 2026-01-31T09:30:00Z, 2026-01-31, 30m, 2h or 7d",
                    value.position());
        }
        return time;
    }

    private static StatusRange statuses(QueryTerm.Value value) {
        String text = value.text();
        StatusRange range = text.equals("none") ? new StatusRange(0, 0) : compared(text);
        if (range == null) {
            throw new InvalidQueryException(
                    "status '" + text + "' must look like 404, 5xx, >=500, 200-299 or none", value.position());
        }
        return range;
    }

    private static @Nullable StatusRange compared(String text) {
        int operator = 0;
        while (operator < text.length() && "<>=".indexOf(text.charAt(operator)) >= 0) {
            operator++;
        }
        String number = text.substring(operator);
        int status = status(number);
        return switch (text.substring(0, operator)) {
            case "" -> status > 0 ? new StatusRange(status, status) : span(text);
            case "=" -> status > 0 ? new StatusRange(status, status) : null;
            case ">=" -> status > 0 ? new StatusRange(status, 999) : null;
            case ">" -> status > 0 && status < 999 ? new StatusRange(status + 1, 999) : null;
            case "<=" -> status > 0 ? new StatusRange(100, status) : null;
            case "<" -> status > 100 ? new StatusRange(100, status - 1) : null;
            default -> null;
        };
    }

    private static @Nullable StatusRange span(String text) {
        if (text.length() == 3 && text.toLowerCase(Locale.ROOT).endsWith("xx")) {
            int first = status(text.charAt(0) + "00");
            return first > 0 ? new StatusRange(first, first + 99) : null;
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            return null;
        }
        int first = status(text.substring(0, dash));
        int last = status(text.substring(dash + 1));
        return first > 0 && last >= first ? new StatusRange(first, last) : null;
    }

    /** Three digits of 100 to 999; -1 for anything else. */
    private static int status(String text) {
        boolean digits = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && text.charAt(0) != '0' ? Integer.parseInt(text) : -1;
    }
}
