// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.ports.exchange.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest that people approve (invariant S8). What goes in is written with its length before it, and lists with
 * their count, so that no two different requests have the same bytes:
 *
 * <pre>
 * "hansard-approval-1"
 * method, scheme, authority, target             each: u32 length, UTF-8
 * listener, service                             the route
 * upstreams                                     u32 count, then each
 * credential, policy version
 * caller: provider, subject, actors
 * fields                                        u32 count, then name and value of each, in the order sent
 * u64 length of the content, 32 bytes SHA-256 of it
 * </pre>
 */
final class RequestDigest {
    private static final String LAYOUT = "hansard-approval-1";

    private final MessageDigest digest;
    private final DigestKey key;

    private RequestDigest(DigestKey key) {
        this.key = key;
        this.digest = key.begin();
    }

    /** 64 hexadecimal digits. */
    static String of(DigestKey key, BoundFacts bound, SentRequest sent, long bodyBytes, byte[] bodySha256) {
        return new RequestDigest(key).take(bound, sent, bodyBytes, bodySha256);
    }

    private String take(BoundFacts bound, SentRequest sent, long bodyBytes, byte[] bodySha256) {
        text(LAYOUT);
        text(sent.method());
        text(bound.secure() ? "https" : "http");
        text(bound.authority());
        text(sent.target());
        text(bound.listener());
        text(bound.service().value());
        texts(bound.upstreams());
        text(bound.credential());
        text(bound.policies());
        text(bound.caller().provider());
        text(bound.caller().subject());
        texts(bound.caller().actors());
        number(sent.fields().size());
        for (Field field : sent.fields()) {
            text(field.name());
            text(field.value());
        }
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bodyBytes).flip());
        digest.update(bodySha256);
        return HexFormat.of().formatHex(key.finish(digest));
    }

    private void texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
