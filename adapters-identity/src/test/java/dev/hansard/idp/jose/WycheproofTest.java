// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The vectors of Wycheproof: what is invalid is never accepted, and what is valid always, by the algorithms there are.
 * */
class WycheproofTest {
    private static final int DEEPEST = 16;

    /** Valid by their numbers alone: the alg of the key is not the one of the token, or there is no such algorithm. */
    private static final Set<String> ANOTHER_ALGORITHM_THAN_THE_KEYS = Set.of("346", "347", "350", "351");

    /** One vector: a token, the keys that are said to be published, and what should become of it. */
    private record Vector(String id, String comment, String jws, String keys, boolean isValid) {}

    @Test
    void acceptsNoInvalidSignature() throws IOException {
        var accepted = vectors("json_web_signature_test.json").stream()
                .filter(vector -> !vector.isValid() && isAccepted(vector));

        assertThat(accepted).isEmpty();
    }

    @Test
    void acceptsEveryValidSignature() throws IOException {
        var valid = vectors("json_web_signature_test.json").stream()
                .filter(vector -> vector.isValid() && isWithinReach(vector))
                .toList();

        assertThat(valid).hasSize(26).allMatch(WycheproofTest::isAccepted);
    }

    @Test
    void acceptsNoInvalidKey() throws IOException {
        var accepted =
                vectors("json_web_key_test.json").stream().filter(vector -> !vector.isValid() && isAccepted(vector));

        assertThat(accepted).isEmpty();
    }

    @Test
    void acceptsEveryValidKey() throws IOException {
        var valid = vectors("json_web_key_test.json").stream()
                .filter(vector -> vector.isValid() && isWithinReach(vector))
                .toList();

        assertThat(valid).isNotEmpty().allMatch(WycheproofTest::isAccepted);
    }

    @Test
    void refusesEveryOtherSpellingAtTheGate() throws IOException {
        List<Vector> group = vectors("json_web_signature_test.json").stream()
                .filter(vector -> vector.comment().startsWith("base64"))
                .toList();
        // Two that are called invalid are, byte for byte, one that is called valid; two with a '?' are called valid.
        List<String> good = group.stream()
                .filter(vector -> vector.isValid() && !vector.jws().contains("?"))
                .map(Vector::jws)
                .toList();

        var others =
                group.stream().filter(vector -> !good.contains(vector.jws())).toList();

        assertThat(others).hasSize(14).noneMatch(WycheproofTest::passesTheGate);
    }

    private static boolean isWithinReach(Vector vector) {
        if (ANOTHER_ALGORITHM_THAN_THE_KEYS.contains(vector.id())) {
            return false;
        }
        String[] segments = vector.jws().split("\\.", -1);
        // HMAC is not known here, and a token without content is none.
        return !segments[1].isEmpty() && !vector.keys().contains("\"oct\"");
    }

    private static boolean passesTheGate(Vector vector) {
        try {
            byte[] bytes = vector.jws().getBytes(StandardCharsets.UTF_8);
            CompactJws.parse(bytes, 0, bytes.length);
            return true;
        } catch (FlawedTokenException _) {
            return false;
        }
    }

    private static boolean isAccepted(Vector vector) {
        try {
            byte[] bytes = vector.jws().getBytes(StandardCharsets.UTF_8);
            CompactJws token = CompactJws.parse(bytes, 0, bytes.length);
            KeySet keys = KeySet.parse(vector.keys().getBytes(StandardCharsets.UTF_8));
            VerificationKey key = keys.find(token.keyId(), token.algorithm());
            if (key == null) {
                return false;
            }
            key.verify(token);
            return true;
        } catch (FlawedTokenException | UnusableKeyException _) {
            return false;
        }
    }

    private static List<Vector> vectors(String name) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try {
            JsonObject file = StrictJson.object(Files.readAllBytes(file(name)), DEEPEST);
            for (Object element : (List<?>) present(file.value("testGroups"))) {
                var group = (JsonObject) element;
                var keys = (JsonObject) present(group.has("public") ? group.value("public") : group.value("private"));
                String set = keys.has("keys") ? print(keys) : "{\"keys\":[" + print(keys) + "]}";
                for (Object test : (List<?>) present(group.value("tests"))) {
                    vectors.add(vector(group, (JsonObject) test, set));
                }
            }
        } catch (FlawedTokenException e) {
            throw new IOException(name + " is no JSON", e);
        }
        return vectors;
    }

    private static Vector vector(JsonObject group, JsonObject test, String keys) {
        return new Vector(
                present(test.value("tcId")).toString(),
                group.value("comment") + " " + test.value("comment"),
                present(test.value("jws")).toString(),
                keys,
                "valid".equals(test.value("result")));
    }

    private static Object present(@Nullable Object value) {
        assertThat(value).isNotNull();
        return value;
    }

    private static String print(Object value) {
        return switch (value) {
            case JsonObject object ->
                object.names().stream()
                        .map(name -> JsonText.of(name) + ":" + print(present(object.value(name))))
                        .reduce("{", (all, one) -> all.length() == 1 ? all + one : all + "," + one)
                        .concat("}");
            case List<?> list ->
                list.stream().map(WycheproofTest::print).toList().toString();
            default -> JsonText.of(value);
        };
    }

    /** Public data lies beside the repository, or where {@code -Dhansard.testdata} says. */
    private static Path file(String name) {
        String told = System.getProperty("hansard.testdata", "");
        Path here = Path.of("").toAbsolutePath();
        Path found = Stream.concat(
                        told.isEmpty() ? Stream.of() : Stream.of(Path.of(told)),
                        Stream.iterate(here, path -> path != null, Path::getParent)
                                .map(path -> path.resolve("shared/testdata")))
                .map(path -> path.resolve("wycheproof").resolve(name))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(found != null, "no public test data beside the repository");
        return found;
    }
}
