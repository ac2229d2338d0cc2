// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.idp.jose.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Nothing in a token leads to a fetch but the one that an unknown key may cause, and that goes where it is configured.
 */
class NoFetchTest {
    private static final Scene SCENE = Scene.usual();

    private static final String[] CHOOSING = {"jku", "x5u", "jwk", "x5c", "crit", "zip", "b64", "cty", "enc"};

    /** The fetch at the start, and the one of half a minute; the clock stands still. */
    private static final int MOST = 2;

    @BeforeContainer
    static void awaitKeys() {
        await().until(() -> SCENE.wordOf(SCENE.token()).equals("recognised"));
    }

    @AfterContainer
    static void closeScene() {
        SCENE.close();
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void asksNobodyForAHeader(@ForAll("headers") Map<String, Object> header) {
        String token = Scene.EC.sign(JsonText.of(header), JsonText.of(SCENE.claims()));

        String word = SCENE.wordOf(token);

        if (word.equals("recognised")) {
            assertThat(header).containsAllEntriesOf(Scene.EC.header(Scene.TYPE)).doesNotContainKeys(CHOOSING);
        }
        assertThat(SCENE.published.asked()).isLessThanOrEqualTo(MOST);
    }

    @Provide
    Arbitrary<Map<String, Object>> headers() {
        Arbitrary<String> names = Arbitraries.of(
                "jku", "x5u", "jwk", "x5c", "crit", "kid", "alg", "typ", "zip", "b64", "url", "iss", "x5t", "cty",
                "enc");
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "https://evil.example/keys",
                        "http://169.254.169.254/latest/meta-data",
                        "file:///etc/passwd",
                        "jar:file:/tmp/x!/y",
                        "../../../../dev/null",
                        "/proc/self/environ",
                        "ec-1' OR '1'='1",
                        "ldap://evil.example/x",
                        "\\\\evil\\share",
                        List.of("exp"),
                        Map.of("kty", "oct", "k", "AAAA"),
                        false,
                        7),
                Arbitraries.strings().ofMaxLength(200).map(text -> text));
        return Combinators.combine(names, values, names, values).as((name, value, other, second) -> {
            Map<String, Object> header = new HashMap<>(Scene.EC.header(Scene.TYPE));
            header.put(name, value);
            header.put(other, second);
            return header;
        });
    }
}
