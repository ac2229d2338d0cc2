// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.digest;

import dev.hansard.core.approval.codec.Packer;
import dev.hansard.ports.identity.Caller;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The digest that people approve (invariant S8): HMAC-SHA256 over all that is forwarded, and all that it depends on
 * where it goes and why. {@link Packer} writes each value with its length and each list with its count, so that no two
 * different requests have the same bytes:
 *
 * <pre>
 * "hansard-approval-1"
 * method, scheme, authority, target
 * listener, service                             the route
 * upstreams                                     where it may go
 * credential, policy version
 * caller: provider, subject, actors
 * fields                                        name and value of each, in the order sent
 * length of the content, SHA-256 of it
 * </pre>
 */
public final class RequestDigest {
    private static final String LAYOUT = "hansard-approval-1";

    private RequestDigest() {}

    /** 64 hexadecimal digits. */
    public static String of(DigestKey key, BoundFacts bound, SentRequest sent, long bodyBytes, byte[] bodySha256) {
        MessageDigest digest = key.begin();
        digest.update(bytes(bound, sent, bodyBytes, bodySha256));
        return HexFormat.of().formatHex(key.finish(digest));
    }

    private static ByteBuffer bytes(BoundFacts bound, SentRequest sent, long bodyBytes, byte[] bodySha256) {
        Caller caller = bound.caller();
        var packer = new Packer();
        packer.text(LAYOUT)
                .text(sent.method())
                .text(bound.secure() ? "https" : "http")
                .text(bound.authority())
                .text(sent.target())
                .text(bound.listener())
                .text(bound.service().value())
                .texts(bound.upstreams())
                .text(bound.added().versions())
                .text(bound.policies())
                .text(caller.provider())
                .text(caller.subject())
                .texts(caller.actors())
                .list(sent.fields(), field -> packer.text(field.name()).text(field.value()))
                .number(bodyBytes)
                .bytes(ByteBuffer.wrap(bodySha256));
        return packer.packed();
    }
}
