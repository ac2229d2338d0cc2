// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A name that expressions may use. The dot is a part of the name, so that a mistyped one is found when the policy is
 * loaded, and only what an expression names is looked up.
 */
enum CelVariable {
    METHOD("request.method", SimpleType.STRING) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.method();
        }
    },
    HOST("request.host", SimpleType.STRING) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.host();
        }
    },
    PATH("request.path", SimpleType.STRING) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.path();
        }
    },
    /** Each name with all its values. */
    QUERY("request.query", MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING))) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.parameters();
        }
    },
    /** Each name in lower case with all its values, joined by a comma as RFC 9110 section 5.3 says. */
    HEADERS("request.headers", MapType.create(SimpleType.STRING, SimpleType.STRING)) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            Fields fields = request.fields();
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 0; i < fields.count(); i++) {
                headers.merge(
                        fields.name(i).toLowerCase(Locale.ROOT), fields.value(i), (first, next) -> first + ", " + next);
            }
            return headers;
        }
    },
    JSON("request.json", SimpleType.DYN) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return switch (body) {
                case BodyReader.Json(var value) -> value;
                case BodyReader.Absent _ -> NullValue.NULL_VALUE;
                case BodyReader.Unreadable(var reason) -> throw new UnreadableException(reason);
            };
        }
    },
    SUBJECT("caller.subject", SimpleType.STRING) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.caller().subject();
        }
    },
    PROVIDER("caller.provider", SimpleType.STRING) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.caller().provider();
        }
    },
    GROUPS("caller.groups", ListType.create(SimpleType.STRING)) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.caller().groups();
        }
    },
    SERVICE("service.name", SimpleType.STRING) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.service().value();
        }
    },
    LABELS("service.labels", MapType.create(SimpleType.STRING, SimpleType.STRING)) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.labels();
        }
    },
    LISTENER("listener", SimpleType.STRING) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.listener();
        }
    },
    NOW("now", SimpleType.TIMESTAMP) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return request.at();
        }
    };

    private final String text;
    private final CelType type;

    CelVariable(String text, CelType type) {
        this.text = text;
        this.type = type;
    }

    String text() {
        return text;
    }

    CelType type() {
        return type;
    }

    abstract Object of(PolicyRequest request, BodyReader.Reading body);
}
