// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUriTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, https://a.example/x",
        "HTTPS://A.Example/x, https://a.example/x",
        "https://a.example:443/x, https://a.example/x",
        "http://a.example:80/x, http://a.example/x",
        "https://a.example:80/x, https://a.example:80/x",
        "https://a.example, https://a.example/",
        "https://a.example?q, https://a.example/",
        "https://a.example/x?q=/y#f, https://a.example/x",
        "https://a.example/%7Ex/%2f/%c3%a4, https://a.example/~x/%2F/%C3%A4",
        "https://a.example/a/./b/../c, https://a.example/a/c",
        "https://a.example/../../c, https://a.example/c",
        "https://a.example/a/.., https://a.example/",
        "https://a.example//a/, https://a.example//a/",
        "https://[::1]:8443/x, https://[::1]:8443/x"
    })
    void bringsUrisThatMeanTheSameIntoOneForm(String uri, String normal) {
        assertThat(HttpUri.normal(uri)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/x",
                "a.example/x",
                "ftp://a.example/",
                "https://",
                "https:///x",
                "https://u@a.example/",
                "https://a.example/%",
                "https://a.example/%2",
                "https://a.example/%zz",
                "https://a.example/%é0"
            })
    void knowsWhatIsNone(String uri) {
        assertThat(HttpUri.normal(uri)).isNull();
    }

    @Property
    void keepsANormalForm(@ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 40) String path) {
        String normal = HttpUri.normal("https://a.example/" + path);

        if (normal != null) {
            assertThat(HttpUri.normal(normal)).isEqualTo(normal);
            assertThat(normal.toLowerCase(Locale.ROOT)).startsWith("https://a.example/");
        }
    }
}
