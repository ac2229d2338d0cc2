// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests and policies for tests. The content that policies read here is text, not JSON. */
final class Given {
    static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    static final BodyReader TEXT = (_, body) -> {
        var bytes = new byte[body.length()];
        body.bytes().get(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.equals("?") ? new BodyReader.Unreadable("its content is a riddle") : new BodyReader.Json(text);
    };

    private Given() {}

    static PolicyRequest request(String method, String pathAndQuery, Field... fields) {
        int mark = pathAndQuery.indexOf('?');
        return new GivenRequest(
                new ServiceName("payments"),
                Map.of("tier", "1"),
                "edge",
                new Caller("workloads", "key:ci-7", List.of("checkout", "shop")),
                method,
                "payments.test",
                mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark),
                mark < 0 ? "" : pathAndQuery.substring(mark),
                fields(List.of(fields)),
                NOON);
    }

    static Fields fields(List<Field> fields) {
        return new Fields() {
            @Override
            public int count() {
                return fields.size();
            }

            @Override
            public String name(int index) {
                return fields.get(index).name();
            }

            @Override
            public String value(int index) {
                return fields.get(index).value();
            }

            @Override
            public boolean isNamed(int index, String lowerCaseName) {
                return fields.get(index).name().equalsIgnoreCase(lowerCaseName);
            }
        };
    }

    static Policy policy(String name, When when, Action action) {
        return new Policy(name, when, null, action, false, "", "");
    }

    static Policy observing(String name, When when, Action action) {
        return new Policy(name, when, null, action, true, "", "");
    }

    static Policy asking(String name, Expression expression, Action action) {
        return new Policy(name, When.ALWAYS, expression, action, false, "", "");
    }

    static When path(String glob) {
        return new When(
                List.of(),
                Map.of(),
                List.of(),
                List.of(PathGlob.of(glob)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** One that looks at the head. */
    static Expression ofHead(Function<PolicyRequest, Expression.Answer> answer) {
        return expression(false, (request, _) -> answer.apply(request));
    }

    /** One that looks at the content: yes when it is this text. */
    static Expression contentIs(String text) {
        return expression(true, (_, reading) -> switch (reading) {
            case BodyReader.Absent _ -> new Expression.Unknown("its content is missing");
            case BodyReader.Unreadable(var reason) -> new Expression.Unknown(reason);
            case BodyReader.Json(var value) -> value.equals(text) ? Expression.Told.YES : Expression.Told.NO;
        });
    }

    private static Expression expression(boolean needsBody, Asking asking) {
        return new Expression() {
            @Override
            public String text() {
                return "an expression";
            }

            @Override
            public boolean needsBody() {
                return needsBody;
            }

            @Override
            public Answer ask(PolicyRequest request, BodyReader.Reading body) {
                return asking.ask(request, body);
            }
        };
    }

    private interface Asking {
        Expression.Answer ask(PolicyRequest request, BodyReader.Reading body);
    }

    static GivenBody body(@Nullable String text) {
        return new GivenBody((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
    }
}
