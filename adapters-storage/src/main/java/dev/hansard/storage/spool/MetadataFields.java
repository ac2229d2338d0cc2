// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.credential.UsedCredential;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code application/warc-fields} of a metadata record: everything of a {@link Session} but the field lines that
 * stand in its request and response records. One {@code name: value} a line, a name again for each element of a list,
 * no line for null; unknown names are left for later versions. {@link Escapes} keeps every text on its line.
 */
final class MetadataFields {
    private static final String VERSION = "1";

    private MetadataFields() {}

    /**
     * @param requestLines whether the request's field lines have to stand here, because its record cannot hold them as
     *     they are
     * @param responseLines likewise
     */
    static void write(ByteSink out, Session session, boolean requestLines, boolean responseLines) {
        line(out, "hansard-version", VERSION);
        line(out, "session", session.id().toString());
        line(out, "service", session.service().value());
        line(out, "node", session.node().value());
        line(out, "listener", session.listener());
        line(out, "started-at", session.startedAt().toString());
        number(out, "duration-micros", session.durationMicros());
        word(out, "state", session.state());
        word(out, "ending", session.ending());
        nullable(out, "code", session.code());
        word(out, "durability", session.durability());
        line(out, "retention", session.retention().value());
        line(out, "caller-provider", session.caller().provider());
        line(out, "caller-subject", session.caller().subject());
        session.caller().groups().forEach(group -> line(out, "caller-group", group));
        session.caller().actors().forEach(actor -> line(out, "caller-actor", actor));
        line(out, "caller-address", session.callerAddress());
        line(out, "method", session.method());
        line(out, "target", session.target());
        line(out, "host", session.host());
        if (!session.receivedTarget().equals(session.target())) {
            line(out, "received-target", session.receivedTarget());
        }
        message(out, "request", session.request(), requestLines);
        changes(out, "request", session.requestChanges());
        nullable(out, "upstream", session.upstream());
        number(out, "status", session.status());
        line(out, "reason", session.reason());
        message(out, "response", session.response(), responseLines);
        changes(out, "response", session.responseChanges());
        number(out, "intent-micros", session.timing().intentMicros());
        number(out, "connect-micros", session.timing().connectMicros());
        number(out, "first-byte-micros", session.timing().firstByteMicros());
        number(out, "end-micros", session.timing().endMicros());
        nullable(out, "trace-id", session.traceId());
        session.credentials().forEach(used -> field(out, "credential", new Field(used.name(), used.version())));
        decision(out, session.decision());
    }

    private static void decision(ByteSink out, Decision decision) {
        if (decision.isSaid()) {
            word(out, "decision", decision.outcome());
            decision.policies().forEach(name -> line(out, "policy", name));
            decision.observed().forEach(name -> line(out, "policy-observed", name));
            line(out, "policy-version", decision.version());
            nullable(
                    out,
                    "approval",
                    decision.approval() == null ? null : decision.approval().toString());
        }
    }

    private static void message(ByteSink out, String side, RecordedMessage message, boolean withLines) {
        number(out, side + "-body-bytes", message.bodyBytes());
        number(out, side + "-kept-bytes", message.keptBytes());
        nullable(out, side + "-body-sha256", message.bodySha256());
        line(out, side + "-truncated", message.truncated() ? "true" : "false");
        masking(out, side + "-mask", message.masking());
        if (withLines) {
            message.headers().forEach(field -> field(out, side + "-header", field));
        }
        message.trailers().forEach(field -> field(out, side + "-trailer", field));
    }

    private static void masking(ByteSink out, String name, Masking masking) {
        word(out, name, masking.status());
        nullable(out, name + "-reason", masking.reason());
        if (masking.decoded()) {
            line(out, name + "-decoded", "true");
        }
        nullable(out, name + "-digest", masking.digest());
        if (!masking.rules().isEmpty()) {
            line(out, name + "-rules", masking.rules());
        }
        masking.hits().forEach((rule, count) -> field(out, name + "-hit", new Field(rule, Integer.toString(count))));
        masking.places().forEach(place -> field(out, name + "-place", new Field(place.rule(), place.at())));
    }

    private static void changes(ByteSink out, String side, Changes changes) {
        changes.removed().forEach(name -> line(out, side + "-removed", name));
        changes.added().forEach(field -> field(out, side + "-added", field));
    }

    private static void line(ByteSink out, String name, String value) {
        out.text(name).put(':').put(' ');
        Escapes.write(out, value, false);
        out.crlf();
    }

    private static void field(ByteSink out, String name, Field field) {
        out.text(name).put(':').put(' ');
        Escapes.write(out, field.name(), true);
        out.put(':').put(' ');
        Escapes.write(out, field.value(), false);
        out.crlf();
    }

    private static void nullable(ByteSink out, String name, @Nullable String value) {
        if (value != null) {
            line(out, name, value);
        }
    }

    private static void number(ByteSink out, String name, long value) {
        line(out, name, Long.toString(value));
    }

    private static void word(ByteSink out, String name, Enum<?> value) {
        line(out, name, value.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Puts a session together again.
     *
     * @param lines the field lines of the metadata record
     * @param request the field lines of the request record, likewise the response; not looked at where the metadata
     *     has them
     * @throws StorageException when a field is missing or wrong
     */
    static Session read(SessionId id, List<Field> lines, List<Field> request, List<Field> response) {
        try {
            return new Reading(lines).session(id, request, response);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new StorageException("metadata of " + id + " cannot be read", e);
        }
    }

    /** One metadata record being read. */
    private static final class Reading {
        private final Map<String, List<String>> values = new HashMap<>();

        Reading(List<Field> lines) {
            for (Field line : lines) {
                values.computeIfAbsent(line.name(), _ -> new ArrayList<>(1)).add(line.value());
            }
        }

        Session session(SessionId id, List<Field> request, List<Field> response) {
            String target = text("target");
            String received = nullable("received-target");
            return new Session(
                    id,
                    new ServiceName(text("service")),
                    new NodeName(text("node")),
                    text("listener"),
                    Instant.parse(text("started-at")),
                    number("duration-micros"),
                    word(SessionState.class, "state"),
                    word(Ending.class, "ending"),
                    nullable("code"),
                    word(Durability.class, "durability"),
                    new RetentionClass(text("retention")),
                    new Caller(
                            text("caller-provider"),
                            text("caller-subject"),
                            texts("caller-group"),
                            texts("caller-actor")),
                    text("caller-address"),
                    text("method"),
                    target,
                    text("host"),
                    received == null ? target : received,
                    message("request", request),
                    new Changes(texts("request-removed"), fields("request-added")),
                    nullable("upstream"),
                    Math.toIntExact(number("status")),
                    text("reason"),
                    message("response", response),
                    new Changes(texts("response-removed"), fields("response-added")),
                    new Timing(
                            number("intent-micros"),
                            number("connect-micros"),
                            number("first-byte-micros"),
                            number("end-micros")),
                    nullable("trace-id"),
                    fields("credential").stream()
                            .map(used -> new UsedCredential(used.name(), used.value()))
                            .toList(),
                    decision());
        }

        /** Records of earlier versions have none. */
        private Decision decision() {
            return values.containsKey("decision")
                    ? new Decision(
                            word(Decision.Outcome.class, "decision"),
                            texts("policy"),
                            texts("policy-observed"),
                            text("policy-version"),
                            approval())
                    : Decision.UNSAID;
        }

        private @Nullable ApprovalId approval() {
            String id = nullable("approval");
            return id == null ? null : ApprovalId.parse(id);
        }

        private RecordedMessage message(String side, List<Field> fromRecord) {
            List<Field> here = fields(side + "-header");
            return new RecordedMessage(
                    here.isEmpty() ? fromRecord : here,
                    fields(side + "-trailer"),
                    number(side + "-body-bytes"),
                    number(side + "-kept-bytes"),
                    nullable(side + "-body-sha256"),
                    Boolean.parseBoolean(text(side + "-truncated")),
                    masking(side + "-mask"));
        }

        private Masking masking(String name) {
            var hits = new HashMap<String, Integer>();
            pairs(name + "-hit").forEach((rule, count) -> hits.put(rule, Integer.parseInt(count)));
            var places = fields(name + "-place").stream()
                    .map(place -> new MaskedPlace(place.name(), place.value()))
                    .toList();
            String rules = nullable(name + "-rules");
            return new Masking(
                    word(MaskStatus.class, name),
                    nullable(name + "-reason"),
                    values.containsKey(name + "-decoded"),
                    nullable(name + "-digest"),
                    rules == null ? "" : rules,
                    hits,
                    places);
        }

        private Map<String, String> pairs(String name) {
            return fields(name).stream().collect(Collectors.toMap(Field::name, Field::value));
        }

        private List<String> texts(String name) {
            return values.getOrDefault(name, List.of()).stream()
                    .map(Escapes::read)
                    .toList();
        }

        private List<Field> fields(String name) {
            return values.getOrDefault(name, List.of()).stream()
                    .map(Reading::field)
                    .toList();
        }

        private static Field field(String line) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException("field line without a colon");
            }
            return new Field(Escapes.read(line.substring(0, colon)), Escapes.read(line.substring(colon + 2)));
        }

        private @Nullable String nullable(String name) {
            List<String> found = values.get(name);
            return found == null ? null : Escapes.read(found.getFirst());
        }

        private String text(String name) {
            String value = nullable(name);
            if (value == null) {
                throw new IllegalArgumentException("field '" + name + "' is missing");
            }
            return value;
        }

        private long number(String name) {
            return Long.parseLong(text(name));
        }

        private <E extends Enum<E>> E word(Class<E> type, String name) {
            return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
        }
    }
}
