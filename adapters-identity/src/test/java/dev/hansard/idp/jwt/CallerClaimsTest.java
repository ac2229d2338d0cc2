// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static dev.hansard.idp.jwt.Scene.EC;
import static dev.hansard.idp.jwt.Scene.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification.Recognised;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallerClaimsTest {
    private static Caller caller(Map<String, Object> mapping, Map<String, Object> claims) {
        try (var scene = Scene.with(mapping.isEmpty() ? Map.of() : Map.of("claims", mapping))) {
            Map<String, Object> all = scene.claims();
            all.putAll(claims);
            return ((Recognised) scene.show(EC.sign(TYPE, all))).caller();
        }
    }

    @Test
    void followsAPathIntoObjects() {
        Map<String, Object> roles = Map.of("realm_access", Map.of("roles", List.of("a", "b")));

        assertThat(caller(Map.of("groups", "realm_access.roles"), roles).groups())
                .containsExactly("a", "b");
    }

    @Test
    void takesANameWithDotsWhole() {
        Map<String, Object> claims = Map.of(
                "https://example.com/groups", List.of("whole"),
                "https://example", Map.of("com/groups", List.of("path")));

        assertThat(caller(Map.of("groups", "https://example.com/groups"), claims)
                        .groups())
                .containsExactly("whole");
    }

    @Test
    void findsNoGroupsWhereThereIsNoPath() {
        for (String path : new String[] {"roles", "sub.roles", "groups.x", "a..b", "."}) {
            assertThat(caller(Map.of("groups", path), Map.of()).groups())
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void splitsGroupsInOneText() {
        assertThat(caller(Map.of("groups", "scope"), Map.of("scope", " read  write read "))
                        .groups())
                .containsExactly("read", "write");
        assertThat(caller(Map.of("groups", "scope"), Map.of("scope", " ")).groups())
                .isEmpty();
    }

    @Test
    void takesTheSubjectFromWhereItIsTold() {
        assertThat(caller(Map.of("subject", "client_id"), Map.of()).subject()).isEqualTo("orders");
    }

    @Test
    void namesWhoActsForWhom() {
        Map<String, Object> act = Map.of("sub", "gateway", "act", Map.of("sub", "batch"));

        assertThat(caller(Map.of(), Map.of("act", act)).actors()).containsExactly("gateway", "batch");
    }

    @Test
    void refusesMoreGroupsThanACallerMayHaveInsteadOfCutting() {
        List<String> many = IntStream.rangeClosed(0, Caller.MOST_GROUPS)
                .mapToObj(number -> "g" + number)
                .toList();
        try (var scene = Scene.usual()) {
            assertThat(scene.wordOf(EC.sign(TYPE, scene.claims("groups", many))))
                    .isEqualTo("invalid_groups");
            List<String> most = many.subList(1, many.size());
            assertThat(scene.wordOf(EC.sign(TYPE, scene.claims("groups", most))))
                    .isEqualTo("recognised");
        }
    }
}
