// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.jose.Published;
import dev.hansard.idp.jose.SigningKey;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.PresentedBuilder;
import dev.hansard.ports.spi.MapOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An issuer with keys, a provider that trusts it, and clocks that stand still. */
final class Scene implements AutoCloseable {
    static final String ISSUER = "https://id.example.com/realms/services";
    static final String NAME = "workloads";
    static final String AUDIENCE = "hansard";
    static final String TYPE = "at+jwt";

    /** Made once: an RSA key takes its time. */
    static final SigningKey RSA = SigningKey.rsa("rsa-1");

    static final SigningKey EC = SigningKey.ec("ec-1");
    static final SigningKey ED = SigningKey.ed25519("ed-1");

    final MovedClock clock = new MovedClock();
    final Published published = Published.keys(RSA, EC, ED);
    final IdentityProvider provider;

    private Scene(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>();
        all.put("issuer", ISSUER);
        all.put("jwks-url", Published.PLACE.toString());
        all.put("audience", AUDIENCE);
        all.putAll(options);
        provider = new JwtProviderFactory(_ -> published).create(new MapOptions(NAME, all), clock.surroundings());
    }

    /** A started provider with the defaults, but for these options. */
    static Scene with(Map<String, Object> options) {
        var scene = new Scene(options);
        scene.provider.start();
        return scene;
    }

    static Scene usual() {
        return with(Map.of());
    }

    /** Claims of a token that was issued a minute ago and holds for five more. */
    Map<String, Object> claims() {
        long now = clock.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "svc-orders");
        claims.put("aud", List.of(AUDIENCE));
        claims.put("iat", now - 60);
        claims.put("exp", now + Duration.ofMinutes(5).toSeconds());
        claims.put("jti", "t-1");
        claims.put("client_id", "orders");
        claims.put("groups", List.of("payments", "sre"));
        return claims;
    }

    Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    Map<String, Object> without(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    String token() {
        return EC.sign(TYPE, claims());
    }

    Identification show(String token) {
        return provider.identify(PresentedBuilder.aCall().bearer(token).build());
    }

    /** What is said of a call: "recognised", "not_mine", or the reason of the refusal. */
    static String word(Identification said) {
        return switch (said) {
            case Identification.Recognised _ -> "recognised";
            case Identification.NotMine _ -> "not_mine";
            case Refused(var _, String reason) -> reason;
        };
    }

    String wordOf(String token) {
        return word(show(token));
    }

    @Override
    public void close() {
        provider.close();
    }
}
