// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    private static final String TEXT = "ses_0190163d-8694-739b-aea5-966c26f8ad91";

    @Test
    void printsWhatItParsed() {
        var id = SessionId.parse(TEXT);

        assertThat(id).hasToString(TEXT);
        assertThat(id.epochMillis()).isEqualTo(0x0190163d8694L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ses_",
                "0190163d-8694-739b-aea5-966c26f8ad91",
                "ses_0190163D-8694-739b-aea5-966c26f8ad91",
                "ses_0190163d-8694-439b-aea5-966c26f8ad91",
                "ses_0190163d-8694-739b-2ea5-966c26f8ad91",
                "ses_0190163d-8694-739b-aea5-966c26f8ad9g",
                "ses_190163d-8694-739b-aea5-0966c26f8ad91",
            })
    void refusesWhatIsNotAnId(String text) {
        assertThatThrownBy(() -> SessionId.parse(text)).isInstanceOf(InvalidValueException.class);
    }
}
