// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.ports.value.Secret;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the key from which tokens are made. No message quotes it or a part of it. */
final class TokenKeyReader {
    private static final int SHORTEST = 16;
    private static final int FEW_CHARACTERS = 8;
    private static final String MAKE_ONE = "make one with: openssl rand -base64 32";
    private static final List<String> WORDS = List.of(
            "password",
            "secret",
            "changeme",
            "hansard",
            "masking",
            "mask",
            "token",
            "example",
            "default",
            "test",
            "admin",
            "letmein",
            "qwerty",
            "welcome",
            "please",
            "change",
            "key",
            "foo",
            "bar",
            "123456789",
            "0123456789",
            "abcdefghijklmnopqrstuvwxyz",
            "abcdef",
            "12345",
            "1234");

    private TokenKeyReader() {}

    /** The key; null when none is written, or it cannot be used. */
    static @Nullable Secret read(Section masking) {
        Problems problems = masking.problems();
        String path = masking.child(MaskingKeys.TOKEN_KEY);
        Tree written = masking.find(MaskingKeys.TOKEN_KEY);
        if (written == null) {
            return null;
        }
        if (!(written instanceof Scalar key)
                || (key.type() != Tree.Type.TEXT && key.type() != Tree.Type.INTERPOLATED)) {
            problems.error(written.at(), path + " must be text, but is " + written.kind(), "write it in quotes");
            return null;
        }
        int length = key.text().length();
        if (length < SHORTEST) {
            String message = path + " must have at least " + SHORTEST + " characters, but has " + length;
            problems.error(key.at(), message, MAKE_ONE);
            return null;
        }
        doubts(key, path, problems);
        return Secret.of(key.text());
    }

    private static void doubts(Scalar key, String path, Problems problems) {
        String weakness = weakness(key.text());
        if (weakness != null) {
            String message = path + " can be guessed: it " + weakness;
            problems.warning(key.at(), message, MAKE_ONE);
        }
        if (!key.hidden()) {
            problems.warning(
                    key.at(),
                    path + " stands in the file for all who may read it",
                    "write ${file:PATH} or ${env:NAME}, and change the key");
        }
    }

    /** What makes a key easy to guess, without telling it; null when nothing does. */
    static @Nullable String weakness(String key) {
        long different = key.codePoints().distinct().count();
        if (different < FEW_CHARACTERS) {
            return "has only " + different + " different characters";
        }
        if (repeats(key)) {
            return "repeats itself";
        }
        String rest = key.toLowerCase(Locale.ROOT);
        for (String word : WORDS) {
            rest = rest.replace(word, "");
        }
        long telling = rest.codePoints().filter(Character::isLetterOrDigit).count();
        return telling < FEW_CHARACTERS ? "is made of common words" : null;
    }

    private static boolean repeats(String key) {
        for (int period = 1; period <= key.length() / 2; period++) {
            if (key.regionMatches(period, key, 0, key.length() - period)) {
                return true;
            }
        }
        return false;
    }
}
