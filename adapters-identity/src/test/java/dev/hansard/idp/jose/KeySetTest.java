// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private static final SigningKey FIRST = SigningKey.ec("first");
    private static final SigningKey SECOND = SigningKey.ec("second");

    @Test
    void findsKeysByTheirExactNames() throws UnusableKeyException {
        KeySet keys = parse(FIRST.jwk(), SECOND.jwk());

        assertThat(keys.find("second", SignatureAlgorithm.ES256)).isNotNull();
        assertThat(keys.find("SECOND", SignatureAlgorithm.ES256)).isNull();
        assertThat(keys.find("../second", SignatureAlgorithm.ES256)).isNull();
    }

    @Test
    void guessesNoKeyWhereThereAreTwo() throws UnusableKeyException {
        assertThat(parse(FIRST.jwk()).find(null, SignatureAlgorithm.ES256)).isNotNull();
        assertThat(parse(FIRST.jwk(), SECOND.jwk()).find(null, SignatureAlgorithm.ES256))
                .isNull();
    }

    @Test
    void refusesTwoKeysOfOneName() {
        assertThatThrownBy(() -> parse(FIRST.jwk(), SECOND.named("first").jwk()))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessage("has two keys with the id 'first'");
    }

    @Test
    void refusesASetWithoutAUsableKey() {
        Map<String, Object> encrypting = FIRST.jwk();
        encrypting.put("use", "enc");

        assertThatThrownBy(KeySetTest::parse).hasMessage("has no key that can be used");
        assertThatThrownBy(() -> parse(encrypting)).hasMessage("has no key that can be used");
    }

    @Test
    void leavesOutWhatMustNotBeUsedAndSaysSo() throws UnusableKeyException {
        Map<String, Object> givenAway = SECOND.jwk();
        givenAway.put("d", "AAAA");

        KeySet keys = parse(FIRST.jwk(), givenAway);

        assertThat(keys.find("second", SignatureAlgorithm.ES256)).isNull();
        assertThat(keys.leftOut()).containsExactly("key 'second' is private, and has been given away by being sent");
    }

    @Test
    void passesOverKeysOfOtherUsesInSilence() throws UnusableKeyException {
        Map<String, Object> encrypting = SECOND.jwk();
        encrypting.put("alg", "ECDH-ES");

        assertThat(parse(FIRST.jwk(), encrypting, Map.of("kty", "AKP", "kid", "later"))
                        .leftOut())
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoSet() {
        for (String text : List.of("", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[1]}", "{\"keys\":[],\"keys\":[]}")) {
            assertThatThrownBy(() -> KeySet.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(UnusableKeyException.class);
        }
    }

    @Test
    void refusesMoreKeysThanAnybodyPublishes() {
        String set = Published.set(FIRST).replace("[", "[" + "{},".repeat(100));

        assertThatThrownBy(() -> KeySet.parse(set.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("has no list of at most 100 'keys'");
    }

    @Test
    void isTheSameInAnyOrder() throws UnusableKeyException {
        KeySet keys = parse(FIRST.jwk(), SECOND.jwk());

        assertThat(keys.isSameAs(parse(SECOND.jwk(), FIRST.jwk()))).isTrue();
        assertThat(keys.isSameAs(parse(FIRST.jwk()))).isFalse();
        assertThat(keys.isSameAs(parse(FIRST.jwk(), SigningKey.ec("second").jwk())))
                .isFalse();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static KeySet parse(Map<String, Object>... keys) throws UnusableKeyException {
        return KeySet.parse(JsonText.of(Map.of("keys", List.of(keys))).getBytes(StandardCharsets.UTF_8));
    }
}
