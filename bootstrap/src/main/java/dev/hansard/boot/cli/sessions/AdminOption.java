// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node is asked. */
public final class AdminOption {
    private static final String USUAL = "http://127.0.0.1:9000";

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "The admin plane to ask (default: $HANSARD_ADMIN, else " + USUAL + ").")
    private @Nullable String written;

    /** Speaks to it; what is no address is a {@link CommandFailedException}. */
    public AdminClient client(Terminal terminal) {
        String text = written == null ? terminal.environment().getOrDefault("HANSARD_ADMIN", USUAL) : written;
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return new AdminClient(uri);
            }
        } catch (URISyntaxException _) {
            // Said below like any other text that is no address.
        }
        throw CommandFailedException.usage("--admin must be a URL such as " + USUAL, "check HANSARD_ADMIN as well");
    }
}
