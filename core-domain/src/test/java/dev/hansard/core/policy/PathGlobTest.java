// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.session.PathPattern;
import dev.hansard.ports.value.InvalidValueException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGlobTest {
    @ParameterizedTest
    @CsvSource({
        "/admin, /admin, true",
        "/admin, /admin/, false",
        "/admin/*, /admin/users, true",
        "/admin/*, /admin/, true",
        "/admin/*, /admin, false",
        "/admin/*, /admin/users/1, false",
        "/admin/**, /admin/users/1, true",
        "/admin/**, /admin/, true",
        "/admin/**, /admin, true",
        "/admin/**, /administrator, false",
        "/admin/**, /admi, false",
        "/**, /, true",
        "**, /any/thing, true",
        "/v*/refunds/**, /v1/refunds, true",
        "/v*/refunds/**, /v1/refunds/7/lines, true",
        "/v*/refunds/**, /v1/x/refunds/7, false",
        "/**/refunds, /a/b/refunds, true",
        "/**/refunds, /a/b/refund, false",
        "*.json, a.json, true",
        "/%C3%A4/*, /%C3%A4/b, true"
    })
    void matchesWholePaths(String glob, String path, boolean matches) {
        assertThat(PathGlob.of(glob).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "admin", "/a b", "/a?b=1", "/a#b", "/ä", "/a//b", "/a/./b", "/a/..", "/%c3", "/%4*", "/a\\b"
            })
    void refusesWhatNoCanonicalPathHolds(String glob) {
        assertThatThrownBy(() -> PathGlob.of(glob)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesMoreCharactersThanOneWordHolds() {
        assertThat(PathGlob.of("/*" + "a".repeat(63)).matches("/b" + "a".repeat(63)))
                .isTrue();

        assertThatThrownBy(() -> PathGlob.of("/*" + "a".repeat(64)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("63");
    }

    @Test
    void takesTimeLinearInThePath() {
        PathGlob glob = PathGlob.of("/**a*a*a*a*a*a*a*a**b");

        assertThat(glob.matches("/" + "a".repeat(1_000_000))).isFalse();
    }

    /** The pattern of queries, which keeps a row of a table for each char, is the oracle. */
    @Property(tries = 2_000)
    void agreesWithThePatternOfQueries(@ForAll("globs") String glob, @ForAll("paths") String path) {
        boolean expected = new PathPattern(glob).matches(path)
                || (glob.endsWith("/**") && new PathPattern(beforeEnd(glob)).matches(path));

        assertThat(PathGlob.of(glob).matches(path)).isEqualTo(expected);
    }

    private static String beforeEnd(String glob) {
        String before = glob.substring(0, glob.length() - "/**".length());
        return before.isEmpty() ? "no path" : before;
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.strings().withChars("ab/*").ofMaxLength(12).map(text -> ("/" + text).replaceAll("/+", "/"));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings().withChars("ab/").ofMaxLength(12).map(text -> "/" + text);
    }
}
