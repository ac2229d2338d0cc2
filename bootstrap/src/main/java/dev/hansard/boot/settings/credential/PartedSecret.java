// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of several parts, each from a place of its own. They are read together; a pair that changes file by file is
 * wrong for a moment, which the version before bridges.
 */
record PartedSecret(Map<String, SecretSource> parts) implements SecretSource {
    @Override
    public SecretReading read() throws CredentialUnavailableException, InterruptedException {
        Map<String, Secret> values = new HashMap<>();
        Duration goodFor = null;
        Duration again = null;
        for (Map.Entry<String, SecretSource> part : parts.entrySet()) {
            SecretReading reading = part.getValue().read();
            Secret value = reading.values().get(SecretReading.VALUE);
            if (value == null) {
                throw new IllegalStateException("the source of a part gave nothing");
            }
            values.put(part.getKey(), value);
            goodFor = shorter(goodFor, reading.goodFor());
            again = shorter(again, reading.again());
        }
        return new SecretReading(values, goodFor, again == null ? WrittenSecret.LOOK_AGAIN : again);
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        parts.values().forEach(SecretSource::close);
    }
}
