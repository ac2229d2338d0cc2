// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hansard.core.masking.rule.Unmaskable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The public corpus nst/JSONTestSuite: what must be JSON is kept whole, and all else is withheld or safe. */
class JsonSuiteTest {
    private static final String LEAK = "PLANTED7";
    private static final int SPLITS = 20;
    private static final Masking MASKING =
            Masking.of(Masking.redact("password")).detecting().nested();

    @TestFactory
    Stream<DynamicTest> keepsWhatIsJsonAndWithholdsTheRest() throws IOException {
        return files("test_parsing")
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> check(file))));
    }

    @TestFactory
    Stream<DynamicTest> neverFailsInAnotherWay() throws IOException {
        return files("test_transform")
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> sameInAnyPieces(read(file)))));
    }

    private static void check(Path file) throws IOException {
        byte[] content = read(file);
        byte[] masked = sameInAnyPieces(content);
        byte[] planted = sameInAnyPieces(around(content, "{\"password\":\"" + LEAK + "\",\"x\":", "}"));
        byte[] within = sameInAnyPieces(around(content, "{\"x\":[],\"PASSWORD\":[\"" + LEAK + "\",", "]}"));

        switch (file.getFileName().toString().charAt(0)) {
            case 'y' -> {
                assertThat(masked).isEqualTo(content);
                assertThat(planted).isEqualTo(around(content, "{\"password\":\"***\",\"x\":", "}"));
                assertThat(within).isEqualTo("{\"x\":[],\"PASSWORD\":\"***\"}".getBytes(StandardCharsets.UTF_8));
            }
            case 'n' -> {
                assertThat(masked).isNull();
                assertThat(planted).isNull();
                assertThat(within).isNull();
            }
            default -> assertThat(text(planted) + text(within)).doesNotContain(LEAK);
        }
    }

    /** Null where it is withheld. */
    private static byte @Nullable [] sameInAnyPieces(byte[] content) {
        var random = new Random(content.length);
        byte[] whole = mask(content, null);
        for (int i = 0; i < SPLITS; i++) {
            assertThat(mask(content, random)).isEqualTo(whole);
        }
        return whole;
    }

    private static byte @Nullable [] mask(byte[] content, @Nullable Random random) {
        try {
            return random == null ? MASKING.mask(content, Math.max(1, content.length)) : MASKING.mask(content, random);
        } catch (Unmaskable e) {
            assertThat(e.getMessage()).containsPattern("at byte [0-9]+$").doesNotContain(LEAK);
            return null;
        }
    }

    private static byte[] around(byte[] content, String before, String after) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
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
            List<Path> sorted = files.sorted().toList();
            return sorted.stream();
        }
    }
}
