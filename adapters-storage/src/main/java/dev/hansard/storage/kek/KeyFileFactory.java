// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.KeyWrapperFactory;
import dev.hansard.ports.spi.Options;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Key-encryption keys that lie in a file of this machine. */
public final class KeyFileFactory implements KeyWrapperFactory {
    /** The word that chooses it. */
    public static final String TYPE = "key-file";

    private static final String KEY = "key-file";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Opening<KeyWrapper> create(Options options) {
        String text = options.text(KEY);
        if (KeyFile.isContent(text)) {
            return ofContent(options);
        }
        try {
            Path file = Path.of(text);
            if (!file.isAbsolute()) {
                throw options.misfit(KEY, "an absolute path, such as /etc/hansard/kek");
            }
            return around -> FileKeyWrapper.open(file, around.random());
        } catch (InvalidPathException _) {
            throw options.misfit(KEY, "the path of a file");
        }
    }

    /**
     * What {@code ${file:PATH}} or {@code ${env:NAME}} put there; it is looked at once, so that a restart brings new
     * keys.
     */
    private static Opening<KeyWrapper> ofContent(Options options) {
        String content = options.secret(KEY).reveal();
        try {
            var keys = KeyFile.parse(content);
            return around -> FileKeyWrapper.of(keys, around.random());
        } catch (StorageException _) {
            throw options.misfit(KEY, "the path of a file, or its content: 32 bytes in Base64 on each line");
        }
    }
}
