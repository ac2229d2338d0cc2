// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import dev.hansard.core.masking.rule.HmacSha256;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Makes links, and knows its own again. A link has the id of an approval, when it ends, and how many had decided when
 * it was made; HMAC-SHA256 holds the three together with the digest of the request, which is not in it. It holds
 * nothing of the request and nothing of a person, so that whoever sees it in a chat or a log learns nothing by it.
 *
 * <p>The number is what makes it good for one decision: each decision is one vote more, and the store lets one of two
 * changes to the same version through. No list of used links has to be kept, and none can be lost. Immutable.
 */
public final class LinkKey {
    private static final String PURPOSE = "hansard approval link 1";
    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Long.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES;
    private static final int MAC = 32;
    private static final int TEXT_LENGTH = ((HEAD + MAC) * 8 + 5) / 6;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;

    private LinkKey(byte[] key) {
        this.key = key;
    }

    /** A key of its own, out of one that nodes with the same approvals have in common. */
    public static LinkKey of(Secret common) {
        byte[] purpose = PURPOSE.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = common.reveal().getBytes(StandardCharsets.UTF_8);
        return new LinkKey(new HmacSha256(bytes).of(purpose, 0, purpose.length));
    }

    /**
     * What a link says.
     *
     * @param until from then on it leads nowhere
     * @param votes how many there were when it was made
     */
    record Said(ApprovalId id, Instant until, int votes) {}

    /** The link to an approval as it is now: 82 of A-Z a-z 0-9 - _. */
    public String link(Approval approval) {
        var said = new Said(
                approval.id(), approval.term().expiresAt(), approval.votes().size());
        byte[] head = head(said);
        return TEXT.encodeToString(ByteBuffer.allocate(HEAD + MAC)
                .put(head)
                .put(mac(head, approval.digest()))
                .array());
    }

    private static byte[] head(Said said) {
        return ByteBuffer.allocate(HEAD)
                .put(VERSION)
                .putLong(said.id().high())
                .putLong(said.id().low())
                .putLong(said.until().getEpochSecond())
                .putInt(said.votes())
                .array();
    }

    private byte[] mac(byte[] head, String digest) {
        byte[] end = digest.getBytes(StandardCharsets.UTF_8);
        byte[] all =
                ByteBuffer.allocate(head.length + end.length).put(head).put(end).array();
        return new HmacSha256(key).of(all, 0, all.length);
    }

    /** What a link says, be it ours or not; null when it has not the form of one. */
    static @Nullable Said read(String link) {
        if (link.length() != TEXT_LENGTH) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(link);
            ByteBuffer in = ByteBuffer.wrap(bytes);
            // The last letter has bits to spare: one link has one spelling.
            if (!TEXT.encodeToString(bytes).equals(link) || in.get() != VERSION) {
                return null;
            }
            var id = new ApprovalId(in.getLong(), in.getLong());
            long until = in.getLong();
            boolean isTime = until >= 0 && until <= Instant.MAX.getEpochSecond();
            return isTime ? new Said(id, Instant.ofEpochSecond(until), in.getInt()) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Whether a link that {@link #read} could read was made with this key, for that request. Takes constant time. */
    boolean isOurs(String link, Approval approval) {
        byte[] bytes = Base64.getUrlDecoder().decode(link);
        byte[] head = new byte[HEAD];
        byte[] mac = new byte[MAC];
        ByteBuffer.wrap(bytes).get(head).get(mac);
        return MessageDigest.isEqual(mac, mac(head, approval.digest()));
    }

    /** No key is ever printed. */
    @Override
    public String toString() {
        return "LinkKey[hidden]";
    }
}
