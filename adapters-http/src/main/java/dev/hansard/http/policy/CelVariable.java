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
import java.util.function.Function;

/**
 * A name that expressions may use. The dot is a part of the name, so that a mistyped one is found when the policy is
 * loaded, and only what an expression names is looked up.
 */
@SuppressWarnings("ImmutableEnumChecker") // No function here has a state.
enum CelVariable {
    METHOD("request.method", SimpleType.STRING, PolicyRequest::method),
    HOST("request.host", SimpleType.STRING, PolicyRequest::host),
    PATH("request.path", SimpleType.STRING, PolicyRequest::path),
    /** Each name with all its values. */
    QUERY(
            "request.query",
            MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
            PolicyRequest::parameters),
    /** Each name in lower case with all its values, joined by a comma as RFC 9110 section 5.3 says. */
    HEADERS("request.headers", MapType.create(SimpleType.STRING, SimpleType.STRING), CelVariable::headers),
    JSON("request.json", SimpleType.DYN, _ -> NullValue.NULL_VALUE) {
        @Override
        Object of(PolicyRequest request, BodyReader.Reading body) {
            return switch (body) {
                case BodyReader.Json(var value) -> value;
                case BodyReader.Absent _ -> NullValue.NULL_VALUE;
                case BodyReader.Unreadable(var reason) -> throw new UnreadableException(reason);
            };
        }
    },
    SUBJECT("caller.subject", SimpleType.STRING, request -> request.caller().subject()),
    PROVIDER("caller.provider", SimpleType.STRING, request -> request.caller().provider()),
    GROUPS(
            "caller.groups",
            ListType.create(SimpleType.STRING),
            request -> request.caller().groups()),
    SERVICE("service.name", SimpleType.STRING, request -> request.service().value()),
    LABELS("service.labels", MapType.create(SimpleType.STRING, SimpleType.STRING), PolicyRequest::labels),
    LISTENER("listener", SimpleType.STRING, PolicyRequest::listener),
    NOW("now", SimpleType.TIMESTAMP, PolicyRequest::at);

    private final String text;
    private final CelType type;
    private final Function<PolicyRequest, Object> value;

    CelVariable(String text, CelType type, Function<PolicyRequest, Object> value) {
        this.text = text;
        this.type = type;
        this.value = value;
    }

    private static Map<String, String> headers(PolicyRequest request) {
        Fields fields = request.fields();
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < fields.count(); i++) {
            headers.merge(
                    fields.name(i).toLowerCase(Locale.ROOT), fields.value(i), (first, next) -> first + ", " + next);
        }
        return headers;
    }

    String text() {
        return text;
    }

    CelType type() {
        return type;
    }

    /** Its value in one request. */
    Object of(PolicyRequest request, BodyReader.Reading body) {
        return value.apply(request);
    }
}
