// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OutgoingProof;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What is sent is what was approved, bit by bit, or it is refused. */
class SendProofPropertyTest {
    private static final byte[] BODY = "{\"amount\": 5000}".getBytes(StandardCharsets.UTF_8);
    private static final DigestKey KEY = DigestKey.make(new Random(7));
    private static final BoundFacts FACTS = new BoundFacts(
            "edge",
            true,
            "payments.test",
            new ServiceName("payments"),
            List.of("http://up0.test:9001", "https://up1.test"),
            added("stripe v3"),
            "0123456789abcdef",
            new Caller("workloads", "billing", List.of("shop"), List.of("ann")));
    private static final List<Field> FIELDS = List.of(
            new Field("Content-Type", "application/json"),
            new Field("X-Empty", ""),
            new Field("x-odd", "caf\u00e9; a=\"b: c\""),
            new Field("Via", "1.1 hansard"));
    private static final String HEAD = String.join(
            "\r\n",
            "POST /v1/refunds/1?x=%20 HTTP/1.1",
            "Content-Type: application/json",
            "X-Empty: ",
            "x-odd: caf\u00e9; a=\"b: c\"",
            "Via: 1.1 hansard",
            "Host: up1.test",
            "Hansard-Identity: signed.anew.eachtime",
            "Content-Length: 16",
            "",
            "");

    private final AtomicInteger mismatches = new AtomicInteger();

    private static String approved() {
        return digest(FACTS, new SentRequest("POST", "/v1/refunds/1?x=%20", FIELDS), BODY);
    }

    private static String digest(BoundFacts facts, SentRequest sent, byte[] body) {
        return RequestDigest.of(
                KEY, facts, sent, body.length, DigestKey.sha256().digest(body));
    }

    private @Nullable Refusal sent(BoundFacts facts, byte[] head, byte[] body, int split) {
        OutgoingProof proof = new SendProof.Terms(KEY, approved(), () -> facts, mismatches::incrementAndGet).proof();
        proof.head(head, 0, head.length);
        proof.content(body, 0, Math.min(split, body.length));
        proof.content(body, Math.min(split, body.length), body.length - Math.min(split, body.length));
        return proof.verdict();
    }

    private static byte[] head() {
        return HEAD.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Property
    void passesWhatWasApprovedHoweverItIsSplit(@ForAll @IntRange(max = 16) int split) {
        assertThat(sent(FACTS, head(), BODY, split)).isNull();
        assertThat(mismatches).hasValue(0);
    }

    private static IntStream bitsOfTheHead() {
        // What is made anew when the request is sent is bound by other means; its values may differ.
        int from = HEAD.indexOf("Hansard-Identity: ") + "Hansard-Identity: ".length();
        int to = HEAD.indexOf("\r\n", from);
        return IntStream.range(0, HEAD.length() * 8)
                .filter(bit -> bit / 8 < from || bit / 8 >= to)
                // A field of ours under another spelling is still ours, and no caller can send it.
                .filter(bit -> !isCaseOfOurs(bit));
    }

    private static boolean isCaseOfOurs(int bit) {
        int at = bit / 8;
        return bit % 8 == 5
                && Stream.of("Host", "Hansard-Identity", "Content-Length").anyMatch(name -> {
                    int start = HEAD.indexOf("\r\n" + name + ": ") + 2;
                    return at >= start && at < start + name.length() && HEAD.charAt(at) != '-';
                });
    }

    @Example
    void refusesEachFlippedBitOfTheHead() {
        bitsOfTheHead().forEach(bit -> {
            byte[] head = head();
            head[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(sent(FACTS, head, BODY, 3)).as("bit %d", bit).isEqualTo(SendProof.MISMATCH);
        });
    }

    @Example
    void refusesEachFlippedBitOfTheContent() {
        for (int bit = 0; bit < BODY.length * 8; bit++) {
            byte[] body = BODY.clone();
            body[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(sent(FACTS, head(), body, 3)).as("bit %d", bit).isEqualTo(SendProof.MISMATCH);
        }
    }

    @Property
    void refusesAContentOfAnotherLength(@ForAll @IntRange(max = 15) int length) {
        byte[] shorter = Arrays.copyOf(BODY, length);
        byte[] longer = Arrays.copyOf(BODY, BODY.length + 1 + length);

        assertThat(sent(FACTS, head(), shorter, 3)).isEqualTo(SendProof.MISMATCH);
        assertThat(sent(FACTS, head(), longer, 3)).isEqualTo(SendProof.MISMATCH);
    }

    @Example
    void refusesOtherFacts() {
        var others = new ArrayList<BoundFacts>();
        Caller caller = FACTS.caller();
        others.add(facts("edg", true, "payments.test", FACTS.upstreams(), "stripe v3", "0123456789abcdef", caller));
        others.add(facts("edge", false, "payments.test", FACTS.upstreams(), "stripe v3", "0123456789abcdef", caller));
        others.add(facts("edge", true, "payments.tes", FACTS.upstreams(), "stripe v3", "0123456789abcdef", caller));
        others.add(facts(
                "edge", true, "payments.test", List.of("https://up1.test"), "stripe v3", "0123456789abcdef", caller));
        others.add(facts("edge", true, "payments.test", FACTS.upstreams(), "stripe v4", "0123456789abcdef", caller));
        others.add(facts("edge", true, "payments.test", FACTS.upstreams(), "stripe v3", "0123456789abcdee", caller));
        others.add(facts(
                "edge",
                true,
                "payments.test",
                FACTS.upstreams(),
                "stripe v3",
                "0123456789abcdef",
                new Caller("workloads", "billinh", List.of())));

        for (BoundFacts other : others) {
            assertThat(sent(other, head(), BODY, 3)).isEqualTo(SendProof.MISMATCH);
        }
        assertThat(mismatches).hasValue(others.size());
    }

    private static Added added(String versions) {
        return new Added(versions, Set.of("x-api-key"), Set.of("key"));
    }

    @Example
    void leavesOutWhatIsPutInForTheTargetAlone() {
        List<Field> fields = new ArrayList<>(FIELDS);
        fields.add(new Field("X-Api-Key", "secret"));
        var sent = SentRequest.of("POST", "/v1/refunds/1?x=%20&key=secret", fields, FACTS.added());

        assertThat(digest(FACTS, sent, BODY)).isEqualTo(approved());
        assertThat(SentRequest.of("GET", "/?key=1", FIELDS, FACTS.added()).target())
                .isEqualTo("/");
        assertThat(SentRequest.of("GET", "/?a=1&%6bey=1&b=2", FIELDS, FACTS.added())
                        .target())
                .isEqualTo("/?a=1&b=2");
        assertThat(SentRequest.of("GET", "/?", FIELDS, Added.NOTHING).target()).isEqualTo("/?");
    }

    private static BoundFacts facts(
            String listener,
            boolean secure,
            String authority,
            List<String> upstreams,
            String credential,
            String policies,
            Caller caller) {
        return new BoundFacts(
                listener, secure, authority, FACTS.service(), upstreams, added(credential), policies, caller);
    }

    @Example
    void refusesFieldsThatAreAddedLeftOutOrPutElsewhere() {
        String added = HEAD.replace("Via:", "X-More: 1\r\nVia:");
        String missing = HEAD.replace("X-Empty: \r\n", "");
        String moved = HEAD.replace("X-Empty: \r\n", "").replace("Via:", "X-Empty: \r\nVia:");
        String twoHosts = HEAD.replace("Via:", "Host: up1.test\r\nVia:");
        String otherHost = HEAD.replace("Host: up1.test", "Host: up2.test");

        for (String head : List.of(added, missing, moved, twoHosts, otherHost, "POST", "")) {
            assertThat(sent(FACTS, head.getBytes(StandardCharsets.ISO_8859_1), BODY, 3))
                    .isEqualTo(SendProof.MISMATCH);
        }
    }

    /** Lengths stand before values, so that what is in one value can never pass for two. */
    @Property
    void hasAnotherDigestForEachWayToCutTheSameText(
            @ForAll @IntRange(min = 0, max = 5) int one, @ForAll @IntRange(min = 0, max = 5) int other) {
        String text = "aaaaa";
        var first = new SentRequest("GET", "/", List.of(new Field(text.substring(0, one), text.substring(one))));
        var second = new SentRequest("GET", "/", List.of(new Field(text.substring(0, other), text.substring(other))));

        boolean isSame = digest(FACTS, first, BODY).equals(digest(FACTS, second, BODY));

        assertThat(isSame).isEqualTo(one == other);
    }

    @Example
    void tellsNothingWithoutTheKey() {
        var sent = new SentRequest("POST", "/v1/refunds/1?x=%20", FIELDS);

        String withAnother = RequestDigest.of(
                DigestKey.make(new Random(8)),
                FACTS,
                sent,
                BODY.length,
                DigestKey.sha256().digest(BODY));

        assertThat(withAnother).isNotEqualTo(approved()).hasSize(64);
    }
}
