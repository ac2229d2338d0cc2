// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.Expression.Told;
import dev.hansard.ports.policy.ExpressionCompiler.Compiled;
import dev.hansard.ports.policy.ExpressionCompiler.Rejected;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CelCompilerTest {
    private static final SampleRequest REQUEST =
            SampleRequest.with(new Field("X-Env", "prod"), new Field("x-env", "eu"));

    private static Expression compiled(String text) {
        assertThat(CelCompiler.create().compile(text)).isInstanceOf(Compiled.class);
        return ((Compiled) CelCompiler.create().compile(text)).expression();
    }

    private static Expression.Answer ask(String text, String json) {
        BodyReader.Reading reading = json.isEmpty()
                ? BodyReader.Absent.ABSENT
                : StrictJson.create().read(REQUEST, SampleRequest.body(json.getBytes(StandardCharsets.UTF_8)));
        return compiled(text).ask(REQUEST, reading);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.method == 'POST'",
                "request.host == 'payments.test'",
                "request.path.startsWith('/v1/')",
                "request.query['dry'] == ['1', '2']",
                "'dry' in request.query && !('wet' in request.query)",
                "request.headers['x-env'] == 'prod, eu'",
                "caller.subject == 'shop' && caller.provider == 'workloads'",
                "'checkout' in caller.groups",
                "service.name == 'payments' && service.labels.tier == '1'",
                "listener == 'edge'",
                "now.getHours('Europe/Berlin') == 14",
                "now < timestamp('2026-07-02T00:00:00Z')",
                "request.path.matches('^/v[0-9]+/refunds$')"
            })
    void answersFromTheHead(String text) {
        assertThat(compiled(text).needsBody()).isFalse();
        assertThat(ask(text, "")).isEqualTo(Told.YES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request.json.amount > 1000 | {\"amount\": 1001} | YES",
                "request.json.amount > 1000 | {\"amount\": 1000} | NO",
                "request.json.amount > 1000 | {\"amount\": 1000.5} | YES",
                "request.json.amount > 1000 | {\"amount\": 1e300} | YES",
                "request.json.amount > 1000 | {\"amount\": 9223372036854775808} | YES",
                "request.json.amount > 1000 | {\"amount\": -9223372036854775809} | NO",
                "has(request.json.amount) && request.json.amount > 1 | {} | NO",
                "request.json.items.exists(item, item.price > 3) | {\"items\": [{\"price\": 1}, {\"price\": 4}]} | YES",
                "request.json.note == null | {\"note\": null} | YES",
                "request.json == null | '' | YES",
                "request.json[1] == 'b' | [\"a\", \"b\"] | YES",
                "size(request.json) == 2 | [null, true] | YES"
            })
    void answersFromTheContent(String text, String json, Told answer) {
        assertThat(compiled(text).needsBody()).isTrue();
        assertThat(ask(text, json)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request.json.amount > 1000 | {} | its expression asks for something that the request does not have",
                "request.json.amount > 1000 | '' | its expression asks for something that the request does not have",
                "request.json.amount > 1000 | {\"amount\": \"canary\"} | its expression meets a value of another type",
                "request.json.amount > 1000 | {\"amount\": null} | its expression meets a value of another type",
                "request.json.a > 1000 | {\"a\": 1, \"a\": 2000} | its JSON has a name twice in one object",
                "request.json.amount > 1000 | {\"amount\": 1 | its content is not JSON, or too deep",
                "request.json | {\"canary\": 1} | its expression has no answer",
                "1 / request.json == 1 | 0 | its expression divides by zero",
                "request.json[3] == 1 | [1] | its expression asks for an item past the end of a list"
            })
    void cannotTellAndSaysWhyWithoutAValue(String text, String json, String reason) {
        assertThat(ask(text, json)).isEqualTo(new Expression.Unknown(reason));
    }

    @Test
    void stopsAfterSoManyRounds() {
        String list = "[" + "1,".repeat(300) + "1]";

        assertThat(ask("request.json.all(a, a == 1)", list)).isEqualTo(Told.YES);
        assertThat(ask("request.json.all(a, request.json.all(b, request.json.all(c, a == b)))", list))
                .isEqualTo(new Expression.Unknown("its expression takes too many steps"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request.jsn.amount > 1 | 1 | undeclared reference to 'request'",
                "request.method == 1 | 1 | found no matching overload",
                "request.method | 1 | expected type 'bool' but found 'string'",
                "request.method == | 1 | mismatched input",
                "'' | 1 | 1 to 4096 characters"
            })
    void refusesWhatCannotBeAnswered(String text, int line, String problem) {
        assertThat(CelCompiler.create().compile(text)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.line()).isEqualTo(line);
            assertThat(rejected.column()).isPositive();
            assertThat(rejected.problem()).containsIgnoringCase(problem);
        });
    }

    @Test
    void saysWhereInManyLines() {
        assertThat(CelCompiler.create().compile("request.method == 'A' &&\n  requst.path == '/'"))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.line()).isEqualTo(2);
                    assertThat(rejected.column()).isEqualTo(3);
                    assertThat(rejected.problem()).contains("request.path");
                });
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThat(CelCompiler.create().compile("true || ".repeat(600) + "true"))
                .isInstanceOf(Rejected.class);
        assertThat(CelCompiler.create().compile("!(".repeat(500) + "true" + ")".repeat(500)))
                .isInstanceOf(Rejected.class);
    }
}
