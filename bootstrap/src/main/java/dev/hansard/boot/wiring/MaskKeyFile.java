// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The key of tokens and digests where none is configured: made once, and kept beside the records, so that equal values
 * have equal tokens after a restart, too.
 */
final class MaskKeyFile {
    private static final String NAME = "masking.key";
    private static final int KEY_BYTES = 32;
    private static final int SHORTEST = 16;

    private MaskKeyFile() {}

    /**
     * The key in a node's folder.
     *
     * @param random must not be guessed by others
     */
    static Secret in(Path folder, RandomGenerator random) {
        Path file = folder.resolve(NAME);
        String key;
        try {
            key = MadeOnce.text(file, () -> made(random));
        } catch (IOException e) {
            throw new NodeStartException("'" + file + "' cannot be used as the masking key; check its rights", e);
        }
        if (key.length() < SHORTEST) {
            throw new NodeStartException("'" + file + "' must hold a key of at least " + SHORTEST
                    + " characters; put the old one back, or remove the file to have a new one made, which makes"
                    + " tokens differ from those so far");
        }
        return Secret.of(key);
    }

    private static String made(RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
