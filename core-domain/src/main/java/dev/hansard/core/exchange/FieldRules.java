// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.ResponseHead;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which fields pass a proxy (RFC 9110 section 7.6, THREATS 8, 9, 13). Safe for any number of threads if
 * {@code random} is.
 *
 * <p>Removed from a request, before anything is added, so that no caller can have an added field removed: what
 * belongs to one connection, what {@code Connection} nominates, and every name by which a gateway tells its upstream
 * who the caller is, where it came from, or what it really wants ({@link FieldNames}). Those are ours to say, so an
 * inbound {@code Forwarded} or {@code X-Forwarded-*} is replaced and not continued: Hansard is the edge, and a chain
 * whose first links are the caller's word is no evidence. An upstream reads {@code X-Forwarded-For}, {@code -Host}
 * and {@code -Proto}.
 *
 * <p>Refused with 400: to nominate what is for all recipients or for the gateway; a name with an underscore, unless
 * allowed. A reserved name is removed even when its underscore is allowed. WebSocket upgrades are refused with 501; any
 * other {@code Upgrade}, h2c with it, is not passed on, which section 7.8 allows. {@code TE: trailers} is remembered.
 * {@code Max-Forwards} is minded for OPTIONS, the one method left that has it (section 7.6.2).
 *
 * <p>Removed from a response: the same of one connection, names of our own, and {@code Alt-Svc}, which would send the
 * caller to the upstream past the record.
 */
public final class FieldRules {
    /** What Hansard adds to {@code Via}, both ways (section 7.6.3): a pseudonym, and no version of ours. */
    public static final Field VIA = new Field("Via", "1.1 hansard");

    /** How often a request may have passed a Hansard before; more is a loop. */
    static final int MAX_OWN_HOPS = 8;

    private static final String PSEUDONYM = "hansard";

    private final Set<String> allowedUnderscores;
    private final RandomGenerator random;

    /**
     * Makes the rules.
     *
     * @param allowedUnderscores names with an underscore that may pass, in lower case
     */
    public FieldRules(Set<String> allowedUnderscores, RandomGenerator random) {
        this.allowedUnderscores = Set.copyOf(allowedUnderscores);
        this.random = random;
    }

    /**
     * Decides on the fields of a request.
     *
     * @param askedAuthority what the caller asked for, as {@link TargetReading.Read#authority()}
     * @param consumed names, in lower case, of fields that held the caller's proof of identity: it was meant for
     *     Hansard and does not go on
     */
    public RequestPlan plan(RequestHead head, Arrival arrival, String askedAuthority, Set<String> consumed) {
        var scan = new RequestScan(head.fields(), head.method().equals("OPTIONS"), arrival.restartsTrace());
        Refusal refusal = scan.run();
        if (refusal != null) {
            return new RequestPlan.Answer(refusal);
        }
        for (String name : consumed) {
            drop(name, head.fields(), scan.kept);
        }
        TraceContext trace = scan.trace == null ? TraceContext.make(random) : scan.trace;
        return new RequestPlan.Forward(
                scan.kept,
                trace,
                scan.takesTrailers,
                scan.maxForwards,
                arrival.callerAddress(),
                arrival.secure(),
                askedAuthority);
    }

    /**
     * Decides on the fields of a response, interim or final; {@link #VIA} is added to what is kept.
     *
     * @param takesTrailers whether trailers go to the caller, and with them the {@code Trailer} field
     */
    public KeptFields keptOfResponse(ResponseHead head, boolean takesTrailers) {
        Fields fields = head.fields();
        var kept = new KeptFields(fields.count());
        ConnectionOptions options = null;
        for (int i = 0; i < fields.count(); i++) {
            FieldKind kind = FieldNames.kind(fields, i);
            if (kind == FieldKind.CONNECTION) {
                options = options == null ? new ConnectionOptions() : options;
                options.take(fields.value(i));
            }
            if (!passesToCaller(kind, takesTrailers)) {
                kept.drop(i);
            }
        }
        dropNominated(fields, options, kept);
        return kept;
    }

    private static boolean passesToCaller(FieldKind kind, boolean takesTrailers) {
        return switch (kind) {
            case CONNECTION, TE, UPGRADE, HOP_BY_HOP, FRAMING, OURS, ALT_SVC -> false;
            case TRAILER -> takesTrailers;
            case OTHER, END_TO_END, RESERVED, VIA, MAX_FORWARDS, TRACEPARENT, TRACESTATE -> true;
        };
    }

    private static void dropNominated(Fields fields, @Nullable ConnectionOptions options, KeptFields kept) {
        if (options == null) {
            return;
        }
        for (String name : options.nominated()) {
            drop(name, fields, kept);
        }
    }

    private static void drop(String name, Fields fields, KeptFields kept) {
        for (int i = fields.find(name, 0); i >= 0; i = fields.find(name, i + 1)) {
            kept.drop(i);
        }
    }

    /**
     * Drops what a caller sends under names that Hansard sets itself, however it spells them: servers that hand fields
     * on as variables take a dash, an underscore and a dot for the same.
     *
     * @param names in lower case
     */
    static void reserve(Set<String> names, Fields fields, KeptFields kept) {
        for (int i = 0; i < fields.count(); i++) {
            if (isSpelled(names, fields.name(i))) {
                kept.drop(i);
            }
        }
    }

    /**
     * Whether a name is one of some, for those servers too.
     *
     * @param names in lower case
     */
    public static boolean isSpelled(Set<String> names, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return names.contains(lower) || names.contains(lower.replace('_', '-').replace('.', '-'));
    }

    private static Refusal badRequest(String code, String detail) {
        return new Refusal(400, code, detail);
    }

    /** One look at the fields of one request. */
    private final class RequestScan {
        private final Fields fields;
        private final boolean countsForwards;
        private final boolean restartsTrace;
        private final KeptFields kept;
        private @Nullable ConnectionOptions options;
        private @Nullable TraceContext trace;
        private int traceparents;
        private boolean hasTracestate;
        private boolean takesTrailers;
        private int maxForwards = -1;
        private int ownHops;

        RequestScan(Fields fields, boolean countsForwards, boolean restartsTrace) {
            this.fields = fields;
            this.countsForwards = countsForwards;
            this.restartsTrace = restartsTrace;
            this.kept = new KeptFields(fields.count());
        }

        @Nullable
        Refusal run() {
            for (int i = 0; i < fields.count(); i++) {
                if (FieldNames.hasUnderscore(fields, i) && !isAllowed(fields.name(i))) {
                    return badRequest(
                            "field_name_underscore",
                            "A field name has an underscore, which some servers take for a dash; rename the field,"
                                    + " or have it allowed.");
                }
                Refusal refusal = look(i, FieldNames.kind(fields, i));
                if (refusal != null) {
                    return refusal;
                }
            }
            return settle();
        }

        private boolean isAllowed(String name) {
            return allowedUnderscores.contains(name.toLowerCase(Locale.ROOT));
        }

        private @Nullable Refusal look(int index, FieldKind kind) {
            switch (kind) {
                case OTHER, END_TO_END, ALT_SVC -> {}
                case HOP_BY_HOP, FRAMING, TRAILER, RESERVED, OURS -> kept.drop(index);
                case CONNECTION -> {
                    kept.drop(index);
                    options = options == null ? new ConnectionOptions() : options;
                    options.take(fields.value(index));
                }
                case TE -> {
                    kept.drop(index);
                    takesTrailers |= lists(fields.value(index), "trailers");
                }
                case UPGRADE -> {
                    kept.drop(index);
                    return refusalOfUpgrade(fields.value(index));
                }
                case VIA -> ownHops += ownHopsIn(fields.value(index));
                case MAX_FORWARDS -> {
                    return countsForwards ? forwards(index) : null;
                }
                case TRACEPARENT -> {
                    traceparents++;
                    trace = restartsTrace ? null : TraceContext.parse(fields.value(index));
                }
                case TRACESTATE -> hasTracestate = true;
            }
            return null;
        }

        private @Nullable Refusal settle() {
            if (options != null && options.isMalformed()) {
                return badRequest(
                        "connection_invalid",
                        "The Connection field must list at most " + ConnectionOptions.MAX + " tokens.");
            }
            if (options != null && options.nominatesReserved()) {
                return badRequest(
                        "connection_nominates_reserved",
                        "The Connection field names a field that is not of one connection only.");
            }
            if (ownHops > MAX_OWN_HOPS) {
                return new Refusal(
                        508, "loop_detected", "The request has passed Hansard too often; look for a loop of routes.");
            }
            dropNominated(fields, options, kept);
            settleTrace();
            return null;
        }

        private void settleTrace() {
            if (traceparents > 1) {
                trace = null;
            }
            if (trace != null || (traceparents == 0 && !hasTracestate)) {
                return;
            }
            for (int i = 0; i < fields.count(); i++) {
                FieldKind kind = FieldNames.kind(fields, i);
                if (kind == FieldKind.TRACEPARENT || kind == FieldKind.TRACESTATE) {
                    kept.drop(i);
                }
            }
        }

        private @Nullable Refusal forwards(int index) {
            kept.drop(index);
            int forwards = decimal(fields.value(index));
            if (forwards < 0 || maxForwards >= 0) {
                return badRequest("max_forwards_invalid", "The Max-Forwards field must be one whole number.");
            }
            if (forwards == 0) {
                // Section 7.6.2: at 0 the recipient answers as if it were the last one.
                return new Refusal(
                        200,
                        "max_forwards_reached",
                        "Hansard answered this OPTIONS request itself, as Max-Forwards: 0 asks.",
                        List.of(new Field("Allow", TargetReader.ALLOWED)));
            }
            maxForwards = forwards - 1;
            return null;
        }
    }

    private static @Nullable Refusal refusalOfUpgrade(String value) {
        return lists(value, "websocket")
                ? new Refusal(501, "upgrade_not_allowed", "WebSocket upgrades are not available for this service.")
                : null;
    }

    /** Whether a comma-separated list has the member, which may carry parameters or a version. */
    private static boolean lists(String value, String member) {
        int at = 0;
        while (at <= value.length()) {
            int comma = value.indexOf(',', at);
            int end = comma < 0 ? value.length() : comma;
            String item = value.substring(at, end).strip();
            int rest = member.length();
            if (item.regionMatches(true, 0, member, 0, rest)
                    && (item.length() == rest || !AsciiSet.TOKEN.contains(item.charAt(rest)))) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static int ownHopsIn(String via) {
        int hops = 0;
        for (String hop : via.split(",", -1)) {
            String[] words = hop.strip().split("[ \t]+", 3);
            hops += words.length > 1 && words[1].equalsIgnoreCase(PSEUDONYM) ? 1 : 0;
        }
        return hops;
    }

    private static int decimal(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = Math.min(value * 10 + (c - '0'), 1_000_000);
        }
        return value;
    }
}
