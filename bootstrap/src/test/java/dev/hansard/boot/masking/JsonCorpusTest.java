// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hansard.boot.masking.Pipeline.Recorded;
import dev.hansard.core.masking.rule.ContentMasker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The public corpus nst/JSONTestSuite through all of masking, with canaries in every name, string and number, in
 * every encoding of Unicode, with every content coding and in pieces of any size. No reader finds one, nothing hangs,
 * and what was JSON stays JSON.
 */
class JsonCorpusTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String JSON = "application/json";
    private static final String BEFORE = "{\"first\":[],\"PASSWORD\":";
    private static final String AFTER = ",\"last\":null}";
    private static final List<String> OTHER_LABELS = List.of(
            "",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "application/x-ndjson",
            "text/event-stream",
            "image/png");

    private static final Pipeline PIPELINE = Pipeline.ofBuiltInRules();

    /** How a text becomes bytes. */
    private enum Encoding {
        UTF_8(StandardCharsets.UTF_8, ""),
        UTF_8_MARKED(StandardCharsets.UTF_8, "\uFEFF"),
        UTF_16LE(StandardCharsets.UTF_16LE, ""),
        UTF_16BE(StandardCharsets.UTF_16BE, "\uFEFF"),
        UTF_32LE(StandardCharsets.UTF_32LE, "\uFEFF"),
        UTF_32BE(StandardCharsets.UTF_32BE, "");

        private final Charset charset;
        private final String mark;

        Encoding(Charset charset, String mark) {
            this.charset = charset;
            this.mark = mark;
        }

        byte[] of(String text) {
            return (mark + text).getBytes(charset);
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsWhatIsJsonAndShowsNoCanary() throws IOException {
        return Stream.concat(files("test_parsing"), files("test_transform"))
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> assertTimeoutPreemptively(LIMIT, () -> check(file))));
    }

    private static void check(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        var random = new Random(bytes.length);
        var plant = new PlantedJson(random);
        String text = text(bytes);
        // What is no UTF-8 keeps its bytes, each as one char.
        boolean isText = text != null;
        String content =
                text == null ? new String(bytes, StandardCharsets.ISO_8859_1) : text.replaceFirst("^\uFEFF", "");
        boolean isJson = isText && isJson(content);

        check(plant.belowSecretNames(content), isText, random);
        check(plant.cards(content, isJson && content.matches("(?s)\\s*[\\[{].*")), isText, random);
        checkBelow(plant.everywhere(content.strip()), isText, random);
        if (file.getFileName().toString().startsWith("y")) {
            assertThat(isJson).isTrue();
            assertThat(PIPELINE.mask(JSON, "identity", bytes).told()).isEqualTo(content);
        }
    }

    private static void checkBelow(String planted, boolean isText, Random random) {
        String below = BEFORE + planted + AFTER;
        if (check(below, isText, random)) {
            String hidden = planted.equals("null") ? "null" : "\"***\"";
            assertThat(PIPELINE.mask(JSON, "identity", Encoding.UTF_8.of(below)).told())
                    .isEqualTo(BEFORE + hidden + AFTER);
        }
    }

    /** Says whether it was JSON, and so has to be kept. */
    private static boolean check(String planted, boolean isText, Random random) {
        boolean isJson = isText && isJson(planted);
        boolean mustBeKept = isJson && depth(planted) <= ContentMasker.MAX_DEPTH;
        var results = new HashMap<String, Recorded>();
        for (Encoding encoding : isText ? Encoding.values() : new Encoding[] {Encoding.UTF_8}) {
            byte[] bytes = isText ? encoding.of(planted) : planted.getBytes(StandardCharsets.ISO_8859_1);
            for (String coding : Codings.ALL) {
                byte[] encoded = Codings.encoded(coding, bytes);
                String how = encoding + " " + coding;
                Recorded recorded = PIPELINE.mask(JSON, coding, encoded);
                results.put(how, isText ? recorded.read(encoding.charset) : recorded);
                assertThat(PIPELINE.mask(JSON, coding, encoded, random)).as(how).isEqualTo(recorded);
                // What is below which name can only be said of JSON.
                if (isJson) {
                    String label = OTHER_LABELS.get(random.nextInt(OTHER_LABELS.size()));
                    Recorded otherwise = PIPELINE.mask(label, coding, encoded, random);
                    results.put(how + " as " + label, otherwise.read(encoding.charset));
                }
            }
        }
        check(results, mustBeKept);
        return mustBeKept;
    }

    private static void check(Map<String, Recorded> results, boolean mustBeKept) {
        var seen = new HashMap<String, String>();
        results.forEach((how, recorded) -> {
            if (seen.put(recorded.text(), how) == null) {
                assertThat(readings(recorded.bytes())).as(how).noneMatch(PlantedJson::isIn);
            }
            if (mustBeKept && !how.contains(" as ")) {
                String plain = recorded.told().replaceFirst("^\uFEFF", "");
                Recorded first = results.get("UTF_8 identity");
                assertThat(first).isNotNull();
                assertThat(plain).as(how).isEqualTo(first.told());
                assertThat(isJson(plain)).as("%s: %s", how, plain).isTrue();
            }
        });
    }

    private static List<String> readings(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Stream<String> told = Stream.of(text, new String(bytes, StandardCharsets.ISO_8859_1));
        return Stream.of(
                        told,
                        JsonParsers.careless(bytes).stream(),
                        readings(JsonParsers::jackson, bytes),
                        readings(JsonParsers::h2, bytes))
                .flatMap(readings -> readings)
                .toList();
    }

    private interface Reader {
        List<String> read(byte[] json) throws IOException;
    }

    private static Stream<String> readings(Reader reader, byte[] bytes) {
        try {
            return reader.read(bytes).stream();
        } catch (IOException _) {
            return Stream.of();
        }
    }

    /** Whether all three readers take it, and the two that keep names and values find the same ones. */
    private static boolean isJson(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            List<String> jackson = JsonParsers.jackson(bytes);
            return JsonParsers.h2(bytes).size() == jackson.size()
                    && JsonParsers.careless(bytes).containsAll(jackson);
        } catch (IOException _) {
            return false;
        }
    }

    /** Of brackets, also those in strings: of what nests too deep it is not known whether it is kept. */
    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += "[{".indexOf(text.charAt(i)) >= 0 ? 1 : "]}".indexOf(text.charAt(i)) >= 0 ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    /** Public data lies beside the repository, or where {@code -Dhansard.testdata} says. */
    private static Stream<Path> files(String folder) throws IOException {
        String told = System.getProperty("hansard.testdata", "");
        Path here = Path.of("").toAbsolutePath();
        Path found = Stream.concat(
                        told.isEmpty() ? Stream.of() : Stream.of(Path.of(told)),
                        Stream.iterate(here, path -> path != null, Path::getParent)
                                .map(path -> path.resolve("shared/testdata")))
                .map(path -> path.resolve("json").resolve(folder))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(found != null, "no public test data beside the repository");
        try (Stream<Path> files = Files.list(found)) {
            return files.sorted().toList().stream();
        }
    }
}
