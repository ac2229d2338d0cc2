// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.OutsideText;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.value.Secret;
import java.time.Duration;

/** A value that the configuration names: a file, which is read again and again, or the environment, which is not. */
record WrittenSecret(OutsideText text) implements SecretSource {
    /** How often a file is looked at. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final Duration NEVER = Duration.ofDays(365);

    @Override
    public SecretReading read() throws CredentialUnavailableException {
        try {
            String now = text.now();
            if (now.isBlank()) {
                throw CredentialUnavailableException.passing("the file is empty; write the value into it");
            }
            return SecretReading.of(Secret.of(now), null, text.isChangeable() ? LOOK_AGAIN : NEVER);
        } catch (MisfitException e) {
            throw CredentialUnavailableException.passing(e.expected());
        }
    }
}
