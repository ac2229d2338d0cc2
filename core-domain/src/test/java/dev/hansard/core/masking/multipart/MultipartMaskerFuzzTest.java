// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, masking ends, leaves nothing that is found, and changes nothing when it is done again. */
class MultipartMaskerFuzzTest {
    /** The rules that leave nothing but stars, wherever a value ends. */
    private static final Set<String> STARS = Set.of("pins", "withheld");

    static byte[][] contents() {
        return new byte[][] {
            bytes("--b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n12\r\n--b--\r\n"),
            bytes("--b\nContent-Type: application/json\n\n{\"pin\":1}\n--b--"),
            bytes("pre\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\neyJwaW4iOjF9\r\n--b--\r\npost"),
            bytes("--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3D777777777777=\r\n\r\n--b--"),
            bytes("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--"),
        };
    }

    @MethodSource("contents")
    @FuzzTest(maxDuration = "10s")
    void masksAnything(byte[] bytes) {
        String label = "multipart/form-data; boundary=b";
        try {
            var fixture = new ContentMaskingFixture();
            byte[] once = fixture.mask(bytes, label);
            assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain(ContentMaskingFixture.PLANTED);
            if (STARS.containsAll(fixture.findings().counts().keySet())) {
                // Letters in the place of others may make a name of what follows them.
                assertThat(new ContentMaskingFixture().mask(once, label)).isEqualTo(once);
            }
        } catch (Unmaskable _) {
            // As it should be.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
