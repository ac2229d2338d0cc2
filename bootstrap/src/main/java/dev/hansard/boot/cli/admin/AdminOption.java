// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node is asked, and by whom. A token is never written on the command line, where every process can read it. */
public final class AdminOption {
    private static final String USUAL = "http://127.0.0.1:9000";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "The admin plane to ask (default: $HANSARD_ADMIN, else " + USUAL + ").")
    private @Nullable String written;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token or API key to show (default: $HANSARD_TOKEN, else what `hansard"
                    + " login` stored).")
    private @Nullable Path tokenFile;

    /** Speaks to it; what is no address or no token is a {@link CommandFailedException}. */
    public AdminClient client(Terminal terminal) {
        URI address = address(terminal);
        return client(address, token(terminal, address), null);
    }

    /**
     * The same for somebody who says what contents are read for.
     *
     * @param reason null when they do not say
     */
    public AdminClient client(Terminal terminal, @Nullable String reason) {
        URI address = address(terminal);
        return client(address, token(terminal, address), reason);
    }

    /** The same for somebody with a token that was read before. */
    public AdminClient client(Terminal terminal, Token token) {
        return client(address(terminal), token, null);
    }

    /** The same for somebody who shows nothing, and will be given a token. */
    public AdminClient stranger(Terminal terminal) {
        URI address = address(terminal);
        requirePrivate(address);
        return new AdminClient(address, null, null);
    }

    private static AdminClient client(URI address, @Nullable Token token, @Nullable String reason) {
        if (token != null) {
            requirePrivate(address);
        }
        return new AdminClient(address, token, reason);
    }

    /** Where the node is. */
    public URI address(Terminal terminal) {
        String text = written == null ? terminal.environment().getOrDefault("HANSARD_ADMIN", USUAL) : written;
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Said below like any other text that is no address.
        }
        throw CommandFailedException.usage("--admin must be a URL such as " + USUAL, "check HANSARD_ADMIN as well");
    }

    /** The file that was named; null for none. */
    public @Nullable Path tokenFile() {
        return tokenFile;
    }

    private @Nullable Token token(Terminal terminal, URI address) {
        if (tokenFile != null) {
            return Token.in(tokenFile);
        }
        String inEnvironment = terminal.environment().get("HANSARD_TOKEN");
        if (inEnvironment != null && !inEnvironment.isBlank()) {
            return Token.of(inEnvironment, "HANSARD_TOKEN");
        }
        StoredToken stored = StoredToken.of(terminal);
        return stored == null ? null : stored.tokenFor(address);
    }

    // Whoever listens on the way could use it from then on.
    private static void requirePrivate(URI address) {
        boolean isHere = THIS_MACHINE.contains(address.getHost().toLowerCase(Locale.ROOT));
        if (!isHere && "http".equalsIgnoreCase(address.getScheme())) {
            throw CommandFailedException.usage(
                    "a token is not sent in clear to '" + address.getHost() + "'",
                    "use https, or a tunnel to this machine such as ssh -L 9000:127.0.0.1:9000");
        }
    }
}
