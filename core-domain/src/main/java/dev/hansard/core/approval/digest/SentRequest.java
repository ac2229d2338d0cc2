// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.digest;

import dev.hansard.ports.exchange.Field;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The head of a request as it is sent, but for the fields that cannot be known beforehand.
 *
 * @param target in origin-form
 * @param fields in the order sent, without those of {@link #isOpen}
 */
public record SentRequest(String method, String target, List<Field> fields) {
    /**
     * Host is the authority of the upstream that a call is given to, which {@link SendProof} checks; framing is written
     * anew for each leg, and the content is bound by itself; the statement about the caller is signed anew when it is
     * old, and the caller is bound by itself. No caller can send one of these names: they are taken from requests.
     */
    private static final Set<String> OPEN =
            Set.of("host", "content-length", "transfer-encoding", "hansard-identity", SendProof.SERVICE);

    public SentRequest {
        fields = fields.stream().filter(field -> !isOpen(field.name())).toList();
    }

    /** The same without what is added for the target alone. */
    public static SentRequest of(String method, String target, List<Field> fields, Added added) {
        List<Field> others =
                fields.stream().filter(field -> !added.has(field.name())).toList();
        return new SentRequest(method, added.without(target), others);
    }

    /** Whether a field is made anew when the request is sent. */
    public static boolean isOpen(String name) {
        return OPEN.contains(name.toLowerCase(Locale.ROOT));
    }
}
