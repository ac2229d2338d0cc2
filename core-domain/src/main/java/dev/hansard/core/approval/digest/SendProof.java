// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.digest;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OutgoingProof;
import dev.hansard.ports.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the digest of a request again, of the bytes that are sent. Owned by the thread that sends. */
public final class SendProof implements OutgoingProof {
    /** What the caller gets, and what stands at the approval. */
    public static final Refusal MISMATCH = new Refusal(
            409,
            "approval_mismatch",
            "What would be sent now is not what was approved: the request, its target, a credential or the policies"
                    + " have changed since; nothing of it was completed. Send the request again.");

    /** Tells an agent which service is meant; the digest has the service itself. */
    static final String SERVICE = "hansard-service";

    private static final int DELETE = 0x7F;

    private final Terms terms;
    private final MessageDigest content = DigestKey.sha256();
    private @Nullable SentRequest head;
    private @Nullable String saidLength;
    private boolean isMisdirected;
    private long length;

    /**
     * What a request has to be.
     *
     * @param key of the digest
     * @param approved the digest
     * @param facts what holds when it is sent
     * @param mismatched is told of a request that was another
     */
    public record Terms(DigestKey key, String approved, Supplier<BoundFacts> facts, Runnable mismatched) {
        /** For one attempt to send it. */
        public OutgoingProof proof() {
            return new SendProof(this);
        }

        /** No key is ever printed. */
        @Override
        public String toString() {
            return "Terms[" + approved + "]";
        }
    }

    private SendProof(Terms terms) {
        this.terms = terms;
    }

    @Override
    public void head(byte[] bytes, int offset, int length) {
        // One char per byte, as fields are kept.
        String[] lines = new String(bytes, offset, length, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(": ");
            if (colon < 0 || lines[i].chars().anyMatch(SendProof::isControl)) {
                return; // Without a head the verdict is no.
            }
            fields.add(new Field(lines[i].substring(0, colon), lines[i].substring(colon + 2)));
        }
        if (first.length != 3 || !first[2].equals("HTTP/1.1")) {
            return;
        }
        isMisdirected = !goesToOne(fields);
        saidLength = valueOf("content-length", fields);
        head = SentRequest.of(first[0], first[1], fields, terms.facts().get().added());
    }

    /** It would end a line for one reader and not for another. */
    private static boolean isControl(int c) {
        return (c < ' ' && c != '\t') || c == DELETE;
    }

    private boolean goesToOne(List<Field> fields) {
        BoundFacts facts = terms.facts().get();
        boolean isToAgent = fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(SERVICE));
        boolean isOfService = !isToAgent || facts.service().value().equals(valueOf(SERVICE, fields));
        String host = valueOf("host", fields);
        return isOfService && host != null && facts.isUpstream(host);
    }

    /** The value of the one field of a name; null when there is none, or more than one. */
    private static @Nullable String valueOf(String lowerCaseName, List<Field> fields) {
        List<String> values = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(lowerCaseName))
                .map(Field::value)
                .toList();
        return values.size() == 1 ? values.getFirst() : null;
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        content.update(bytes, offset, length);
        this.length += length;
    }

    @Override
    public @Nullable Refusal verdict() {
        boolean isLength = saidLength == null || saidLength.equals(Long.toString(length));
        if (head != null && !isMisdirected && isLength) {
            String sent = RequestDigest.of(terms.key(), terms.facts().get(), head, length, content.digest());
            if (MessageDigest.isEqual(ascii(sent), ascii(terms.approved()))) {
                return null;
            }
        }
        terms.mismatched().run();
        return MISMATCH;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
