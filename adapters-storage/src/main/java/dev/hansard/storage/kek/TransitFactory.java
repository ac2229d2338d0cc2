// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.spi.KeyWrapperFactory;
import dev.hansard.ports.spi.Options;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** A key-encryption key that stays in the transit engine of Vault or OpenBao. */
public final class TransitFactory implements KeyWrapperFactory {
    /** The word that chooses it, and the section with its options. */
    public static final String TYPE = "transit";

    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
    private static final String MOUNT = "[A-Za-z0-9_][A-Za-z0-9_./-]{0,127}";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Opening<KeyWrapper> create(Options options) {
        Options section = options.section(TYPE);
        URI address = address(section);
        String mount = named(section, section.text("mount", "transit"), "mount", MOUNT);
        String key = named(section, section.text("key"), "key", NAME);
        Path tokenFile = path(section);
        return around -> TransitKeyWrapper.open(new TransitClient(address, mount, key, tokenFile));
    }

    private static URI address(Options section) {
        try {
            URI address = URI.create(section.text("address"));
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain = scheme.equals("http") && isLoopback(String.valueOf(address.getHost()));
            if (address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && (scheme.equals("https") || plain)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            if (e instanceof InvalidOptionException) {
                throw e;
            }
        }
        throw section.misfit("address", "a URL such as https://vault:8200 (http only on this machine)");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static String named(Options section, String text, String key, String pattern) {
        if (!text.matches(pattern) || text.contains("..") || text.contains("//")) {
            throw section.misfit(key, "of letters, digits, dots, dashes and underscores");
        }
        return text;
    }

    private static Path path(Options section) {
        try {
            Path file = Path.of(section.text("token-file"));
            if (file.isAbsolute()) {
                return file;
            }
        } catch (InvalidPathException _) {
            // Said below.
        }
        throw section.misfit("token-file", "an absolute path, such as /run/secrets/vault-token");
    }
}
