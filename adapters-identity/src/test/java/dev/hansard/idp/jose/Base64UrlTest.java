// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
    private static final List<String> LETTERS = List.of("ABYZabyz0189-_+/=. \u00e9Q".split(""));

    @Property
    void readsWhatItWrites(@ForAll @Size(max = 200) byte[] bytes) throws FlawedTokenException {
        assertThat(Base64Url.decode(Base64Url.encode(bytes))).isEqualTo(bytes);
    }

    @Test
    void readsOneSpellingOnly() {
        Set<String> read = new TreeSet<>();
        for (String a : LETTERS) {
            for (String b : LETTERS) {
                for (String c : LETTERS) {
                    keepIfRead(a + b, read);
                    keepIfRead(a + b + c, read);
                }
            }
        }

        assertThat(read).isNotEmpty().allMatch(text -> text.equals(Base64Url.encode(decoded(text))));
    }

    private static void keepIfRead(String text, Set<String> read) {
        try {
            Base64Url.decode(text);
            read.add(text);
        } catch (FlawedTokenException _) {
            // Not a spelling.
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64Url.decode(text);
        } catch (FlawedTokenException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA", "AA=", "AA==", "A+AA", "A/AA", "AA A", "AB", "AAB", "AAA\n", "ÄAAA"})
    void refusesOtherSpellings(String text) {
        assertThatThrownBy(() -> Base64Url.decode(text)).hasMessage("not_canonical");
    }
}
