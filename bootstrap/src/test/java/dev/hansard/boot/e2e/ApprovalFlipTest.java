// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.core.approval.digest.Added;
import dev.hansard.core.approval.digest.BoundFacts;
import dev.hansard.core.approval.digest.DigestKey;
import dev.hansard.core.approval.digest.RequestDigest;
import dev.hansard.core.approval.digest.SendProof;
import dev.hansard.core.approval.digest.SentRequest;
import dev.hansard.core.exchange.ListedFields;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.proxy.HeldCourier;
import dev.hansard.http.upstream.UpstreamPool;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.CallCounts;
import dev.hansard.ports.exchange.CallCourier;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bit that flips between the approval and the sending, on the wire: by the code that sends approved requests, over a
 * socket, to a target that counts the whole requests which come in. Each bit of all that the digest is over.
 */
@Timeout(120)
class ApprovalFlipTest {
    private static final DigestKey KEY = DigestKey.make(new Random(7));
    private static final String SEPARATOR = "\n";
    private static final int SAMPLES = 200;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final UpstreamPool pool = new UpstreamPool(WireLimits.DEFAULT, deadlines);
    private final CallCourier courier = HeldCourier.with(new NoGateway(), pool, deadlines);
    private ScriptedUpstream target;
    private Service service;

    /** Nothing comes in by it: the calls are there already. */
    private static final class NoGateway implements Gateway {
        @Override
        public Admission admit(RequestHead head, Arrival arrival) {
            throw new IllegalStateException("nobody is let in here");
        }

        @Override
        public void refusedOnTheWire(String code) {
            // Nobody counts.
        }

        @Override
        public CallCounts counts() {
            throw new IllegalStateException("nobody counts here");
        }
    }

    private record Head(String method, String target, Fields fields) implements RequestHead {}

    private static final class Content implements RequestBody {
        private final byte[] all;

        private Content(byte[] all) {
            this.all = all;
        }

        @Override
        public int length() {
            return all.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(all).asReadOnlyBuffer();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(all);
        }
    }

    @BeforeEach
    void start() {
        target = ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        service = RunningNode.service(Durability.RELAXED, UpstreamTimeouts.DEFAULT, target.port());
    }

    @AfterEach
    void stop() {
        pool.close();
        target.close();
        deadlines.close();
    }

    /** Method, target, and names and values of the fields, apart by what none of them can have. */
    private static final List<String> HEAD = List.of(
            "POST", "/v1/refunds/1?x=%20", "Content-Type", "application/json", "x-odd", "caf\u00e9; a=\"b: c\"");

    /** Listener, authority, name of the credential, version of the policies; provider, subject and actor. */
    private static final List<String> FACTS =
            List.of("edge", "pay.test", "stripe v3", "0123456789abcdef", "workloads", "billing", "ann");

    private BoundFacts facts(List<String> texts, boolean isSecure) {
        return new BoundFacts(
                texts.get(0),
                isSecure,
                texts.get(1),
                service.name(),
                BoundFacts.upstreams(service),
                new Added(texts.get(2), Set.of(), Set.of()),
                texts.get(3),
                new Caller(texts.get(4), texts.get(5), List.of("shop"), List.of(texts.get(6))));
    }

    private static List<Field> fields(List<String> head) {
        return List.of(new Field(head.get(2), head.get(3)), new Field(head.get(4), head.get(5)));
    }

    /** What people have approved of: all of it as it was. */
    private SendProof.Terms approved(byte[] content, BoundFacts factsWhenSent) {
        var sent = new SentRequest(HEAD.get(0), HEAD.get(1), fields(HEAD));
        byte[] sha256 = DigestKey.sha256().digest(content);
        String digest = RequestDigest.of(KEY, facts(FACTS, true), sent, content.length, sha256);
        return new SendProof.Terms(KEY, digest, () -> factsWhenSent, () -> {});
    }

    private String sent(List<String> head, SendProof.Terms approved, byte[] content) {
        var call = new ApprovedCall(service, head.get(1), approved);
        var request = new Head(head.get(0), head.get(1), new ListedFields(fields(head)));
        try {
            courier.carry(call, request, content.length == 0 ? null : new Content(content), 1_000);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
        return call.refused();
    }

    private static byte[] content(int length) {
        var content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (1 << bit % 8);
        return other;
    }

    /** Each list of texts that differs in one bit, one char being one byte. */
    private static List<List<String>> flipped(List<String> texts) {
        var all = new ArrayList<List<String>>();
        for (int i = 0; i < texts.size(); i++) {
            byte[] bytes = texts.get(i).getBytes(StandardCharsets.ISO_8859_1);
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                var other = new ArrayList<String>(texts);
                other.set(i, new String(flipped(bytes, bit), StandardCharsets.ISO_8859_1));
                all.add(other);
            }
        }
        return all;
    }

    private void assertThatNothingWasCompleted() {
        await().atMost(SOON).until(() -> target.open() == 0);
        assertThat(target.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 100_000})
    void sendsWhatWasApproved(int length) {
        byte[] content = content(length);

        String refused = sent(HEAD, approved(content, facts(FACTS, true)), content);

        assertThat(refused).isEmpty();
        assertThat(target.requests()).hasSize(1);
    }

    @Test
    void completesNothingWithAnotherBitInTheHead() {
        byte[] content = content(16);
        List<List<String>> others = flipped(HEAD);

        for (List<String> other : others) {
            // What is no method, target or field at all cannot even be written.
            assertThat(sent(other, approved(content, facts(FACTS, true)), content))
                    .as(String.join(SEPARATOR, other))
                    .matches("approval_mismatch|.* must not hold U\\+.*");
        }

        assertThat(others).hasSizeGreaterThan(500);
        assertThatNothingWasCompleted();
    }

    @Test
    void completesNothingWithAnotherBitInTheContent() {
        byte[] content = content(16);

        for (int bit = 0; bit < content.length * 8; bit++) {
            assertThat(sent(HEAD, approved(content, facts(FACTS, true)), flipped(content, bit)))
                    .isEqualTo("approval_mismatch");
        }

        assertThatNothingWasCompleted();
    }

    @Test
    void completesNothingWithAnotherBitInALargeContent() {
        byte[] content = content(100_000);
        int bits = content.length * 8;
        int[] some = IntStream.concat(IntStream.of(0, bits - 1), new Random(3).ints(SAMPLES, 0, bits))
                .toArray();

        for (int bit : some) {
            assertThat(sent(HEAD, approved(content, facts(FACTS, true)), flipped(content, bit)))
                    .isEqualTo("approval_mismatch");
        }

        assertThatNothingWasCompleted();
    }

    @Test
    void completesNothingOnAnotherRouteOrForAnotherCaller() {
        byte[] content = content(16);
        var others = new ArrayList<BoundFacts>();
        flipped(FACTS).forEach(texts -> others.add(facts(texts, true)));
        others.add(facts(FACTS, false));
        flipped(BoundFacts.upstreams(service)).forEach(upstreams -> others.add(to(upstreams)));

        for (BoundFacts other : others) {
            assertThat(sent(HEAD, approved(content, other), content))
                    .as(other.toString())
                    .isEqualTo("approval_mismatch");
        }

        assertThatNothingWasCompleted();
    }

    private BoundFacts to(List<String> upstreams) {
        BoundFacts here = facts(FACTS, true);
        return new BoundFacts(
                here.listener(),
                here.secure(),
                here.authority(),
                here.service(),
                upstreams,
                here.added(),
                here.policies(),
                here.caller());
    }
}
