// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureTest {
    /** The example that the implementations of Standard Webhooks have in common. */
    @Test
    void signsAsOthersVerify() {
        Signature signature = Signature.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        byte[] content = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        String signed = signature.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, content);

        assertThat(signed).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_?"})
    void refusesWhatIsNoSecret(String text) {
        assertThatThrownBy(() -> Signature.of(Secret.of(text)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("whsec_ and base64 of 24 to 64 bytes");
    }
}
