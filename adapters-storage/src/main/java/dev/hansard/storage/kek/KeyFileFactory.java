// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import dev.hansard.ports.crypt.KeyWrapper;
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
        if (KeyFile.isKey(text.strip())) {
            throw options.misfit(KEY, "the path of a file, not the key in it (write no ${file:} around it)");
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
}
