// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.PathPattern;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionQuery.StatusRange;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static SessionQuery parse(String text) {
        return QueryParser.parse(text, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t \n"})
    void takesABlankQueryForAll(String text) {
        assertThat(parse(text)).isEqualTo(SessionQuery.ALL);
    }

    @Test
    void readsEveryKey() {
        SessionQuery query = parse("  service:payments,ledger status:>=500,404 method:post,PUT path:/v1/orders/*"
                + " caller:billing,\"spiffe://prod/*\" group:sre after:2h before:2026-01-31T11:30:00+00:00 ");

        assertThat(query)
                .isEqualTo(new SessionQuery(
                        List.of(new ServiceName("payments"), new ServiceName("ledger")),
                        List.of(new StatusRange(500, 999), new StatusRange(404, 404)),
                        List.of("POST", "PUT"),
                        new PathPattern("/v1/orders/*"),
                        List.of(new CallerPattern("billing"), new CallerPattern("spiffe://prod/*")),
                        List.of(new CallerPattern("group:sre")),
                        Instant.parse("2026-01-31T10:00:00Z"),
                        Instant.parse("2026-01-31T11:30:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "404, 404, 404",
        "=404, 404, 404",
        "5xx, 500, 599",
        "4XX, 400, 499",
        ">=500, 500, 999",
        ">500, 501, 999",
        "<400, 100, 399",
        "<=399, 100, 399",
        "200-299, 200, 299",
        "200-200, 200, 200",
        "none, 0, 0"
    })
    void readsStatuses(String text, int first, int last) {
        assertThat(parse("status:" + text).statuses()).containsExactly(new StatusRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "40",
                "4044",
                "5x",
                "xxx",
                "0xx",
                "099",
                ">",
                ">=",
                "=>500",
                "==500",
                ">>500",
                "299-200",
                "200-",
                "-200",
                "200-299-300",
                ">999",
                "<100",
                "NONE",
                "٤٠٤"
            })
    void refusesOtherStatuses(String text) {
        assertThatThrownBy(() -> parse("status:" + text))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("status '" + text + "' must look like 404, 5xx, >=500, 200-299 or none");
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-01-31T11:58:30Z",
        "30m, 2026-01-31T11:30:00Z",
        "2h, 2026-01-31T10:00:00Z",
        "7d, 2026-01-24T12:00:00Z",
        "1w, 2026-01-24T12:00:00Z",
        "2026-01-30, 2026-01-30T00:00:00Z",
        "2026-01-30T01:02:03Z, 2026-01-30T01:02:03Z",
        "2026-01-30T01:02:03.25+01:00, 2026-01-30T00:02:03.25Z",
        "999999w, 1970-01-01T00:00:00Z",
        "0001-01-01, 1970-01-01T00:00:00Z",
        "\"2026-01-30T01:02:03Z\", 2026-01-30T01:02:03Z"
    })
    void readsTimes(String text, Instant expected) {
        assertThat(parse("after:" + text).after()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2",
                "h",
                "-2h",
                "2y",
                "1234567d",
                "2026-13-01",
                "2026-01-30T01:02:03",
                "2h,3h",
                "\"\""
            })
    void refusesOtherTimes(String text) {
        assertThatThrownBy(() -> parse("before:" + text)).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void takesQuotedValuesAsTheyStand() {
        SessionQuery query = parse("method:\"get\",post path:\"/a b/\\\"c\\\\,d:e\"");

        assertThat(query.methods()).containsExactly("get", "POST");
        assertThat(query.path()).isEqualTo(new PathPattern("/a b/\"c\\,d:e"));
    }

    @Test
    void takesACommaAsPartOfAPath() {
        assertThat(parse("path:/a,b:c").path()).isEqualTo(new PathPattern("/a,b:c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "servise:a            | 0  | 'servise' is not a key; did you mean 'service'?",
                "status:200 Method:x  | 11 | 'Method' is not a key; did you mean 'method'?",
                "sevrice:a            | 0  | 'sevrice' is not a key; did you mean 'service'?",
                "colour:red           | 0  | 'colour' is not a key;"
                        + " the keys are service, status, method, path, caller, group, after, before",
                "-tag:probe           | 0  | leaving out with '-' is not available yet",
                "status:200 latency:x | 11 | 'latency' is not available yet",
                "key.orderId:\"42\"   | 0  | 'key.orderId' is not available yet",
                "body:\"ord_123\"     | 0  | 'body' looks into contents, which has to be asked for as a search:"
                        + " hansard sessions search, or /api/v1/sessions:search",
                "payments             | 0  | 'payments' has no key; write key:value, such as service:payments",
                "status:200 \"x\"     | 11 | '\"' has no key; write key:value, such as service:payments",
                ":x                   | 0  | ':' has no key; write key:value, such as service:payments",
                "service:             | 8  | 'service' lacks a value",
                "service:a,           | 10 | 'service' lacks a value",
                "service:,a           | 8  | 'service' lacks a value",
                "service: a           | 8  | 'service' lacks a value",
                "service:a service:b  | 10 | 'service' stands twice;"
                        + " terms are joined by and, so give it several values in one term",
                "path:\"/a            | 5  | the quote is not closed",
                "path:/a\"b\"         | 7  | a quote must stand around the whole value of 'path'",
                "path:\"/a\"b         | 9  | a closing quote must be followed by a comma or a blank",
                "path:orders          | 5  | path 'orders' must start with / or *",
                "after:1h before:2h   | 9  | 'before' must be later than 'after'",
                "after:1h,2h          | 9  | 'after' takes one time only",
                "service:a,B          | 10 | service name 'B' must be 1 to 63 of a-z 0-9 -,"
                        + " and start and end with a letter or digit",
            })
    void saysWhatIsWrongAndWhere(String text, int position, String message) {
        InvalidQueryException thrown = catchThrowableOfType(InvalidQueryException.class, () -> parse(text));

        assertThat(thrown).hasMessage(message);
        assertThat(thrown.position()).isEqualTo(position);
    }

    @Test
    void holdsItsLimits() {
        String values = IntStream.range(0, QueryParser.MAX_VALUES)
                .mapToObj(i -> "s" + i)
                .collect(Collectors.joining(","));

        assertThat(parse("service:" + values).services()).hasSize(QueryParser.MAX_VALUES);
        assertThatThrownBy(() -> parse("service:" + values + ",x")).hasMessageContaining("at most 64 values");
        assertThatThrownBy(() -> parse("a:b ".repeat(QueryParser.MAX_TERMS + 1)))
                .hasMessageContaining("at most 32 terms");
        assertThatThrownBy(() -> parse(" ".repeat(QueryParser.MAX_LENGTH + 1)))
                .hasMessageContaining("at most 2048 characters");
    }

    @Property(tries = 3000)
    void answersEveryTextWithAQueryOrAPosition(
            @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = 'z') String text) {
        try {
            assertThat(parse(text)).isNotNull();
        } catch (InvalidQueryException e) {
            assertThat(e.position()).isBetween(0, text.length());
        }
    }

    @Property(tries = 1000)
    void answersEveryValueOfEveryKey(@ForAll @StringLength(max = 12) @CharRange(from = ' ', to = 'z') String value) {
        for (String key : List.of("service", "status", "method", "path", "after", "before")) {
            answersEveryTextWithAQueryOrAPosition(key + ":" + value);
        }
    }
}
