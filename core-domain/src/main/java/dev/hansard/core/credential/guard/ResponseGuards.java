// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.guard;

import dev.hansard.core.credential.Injected;
import dev.hansard.core.credential.OnReflection;
import dev.hansard.core.masking.decode.ContentDecoding;
import dev.hansard.core.masking.decode.ContentDecoding.Readability;
import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.masking.ContentCodings;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Makes the guard of a response by its head. Immutable. */
public final class ResponseGuards {
    public static final String ACCEPT_ENCODING = "accept-encoding";

    private static final int PARTIAL = 206;

    private final ContentCodings codings;

    public ResponseGuards(ContentCodings codings) {
        this.codings = codings;
    }

    /** The guard of a final response to a request that something was put into. */
    public ReflectionGuard of(ResponseHead head, Injected injected, OnReflection onReflection) {
        ExactValues values = injected.values();
        boolean isInHead = Reflection.isIn(values, head.fields()) || Reflection.isIn(values, head.reason());
        if (isInHead && onReflection == OnReflection.BLOCK) {
            return ReflectionGuard.refusing(values, Reflection.REFUSAL);
        }
        List<String> coded = all(head.fields(), "content-encoding");
        // A part of an encoded content cannot be decoded by anybody who has not the parts before it.
        Readability readability = head.status() == PARTIAL ? Readability.PLAIN : ContentDecoding.readability(coded);
        return switch (readability) {
            case PLAIN -> ReflectionGuard.plain(values, onReflection == OnReflection.REDACT && isText(head.fields()));
            case NONE -> ReflectionGuard.plain(values, false);
            case PROMPT, LATE ->
                ReflectionGuard.decoding(
                        values,
                        encoded -> ContentDecoding.open(codings, coded, encoded),
                        readability == Readability.LATE);
        };
    }

    /**
     * What an upstream is told in the place of the caller's Accept-Encoding; null when it is told the same.
     * Brotli's decoder keeps what it has for long, so that a response could not be looked through while it streams;
     * there is no client that has it and not gzip.
     */
    public static @Nullable String readableCodings(Fields fields) {
        var rest = new StringJoiner(", ");
        boolean isOther = false;
        for (int i = fields.find(ACCEPT_ENCODING, 0); i >= 0; i = fields.find(ACCEPT_ENCODING, i + 1)) {
            for (String coding : fields.value(i).split(",", -1)) {
                boolean isBrotli = coding.strip().split("[; \t]", 2)[0].equalsIgnoreCase("br");
                isOther |= isBrotli;
                if (!isBrotli && !coding.isBlank()) {
                    rest.add(coding.strip());
                }
            }
        }
        if (!isOther) {
            return null;
        }
        return rest.length() == 0 ? "identity" : rest.toString();
    }

    private static boolean isText(Fields fields) {
        String type = fields.first("content-type");
        return type != null && MediaType.parse(type).isText();
    }

    private static List<String> all(Fields fields, String name) {
        var values = new ArrayList<String>();
        for (int index = fields.find(name, 0); index >= 0; index = fields.find(name, index + 1)) {
            values.add(fields.value(index));
        }
        return values;
    }
}
