// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QueryParametersTest {
    private static final List<String> KNOWN = List.of("q", "limit");

    @Property(tries = 300)
    void givesBackAnyEncodedText(@ForAll String text) {
        String plain = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        QueryParameters read =
                QueryParameters.parse("limit=1&q=" + URLEncoder.encode(plain, StandardCharsets.UTF_8), KNOWN);

        assertThat(read.get("q")).isEqualTo(plain);
        assertThat(read.number("limit", 5, 1, 10)).isEqualTo(1);
    }

    @Test
    void givesTheDefaultForWhatIsAbsent() {
        QueryParameters none = QueryParameters.parse("", KNOWN);

        assertThat(none.get("q", "all")).isEqualTo("all");
        assertThat(none.number("limit", 5, 1, 10)).isEqualTo(5);
    }

    @FuzzTest(maxDuration = "5s")
    void readsOrRefusesAnyText(FuzzedDataProvider data) {
        String raw = data.consumeRemainingAsString();
        try {
            QueryParameters.parse(raw, KNOWN).number("limit", 5, 1, 10);
        } catch (RefusedException e) {
            assertThat(e.refusal().code()).isEqualTo("invalid_parameter");
        }
    }
}
