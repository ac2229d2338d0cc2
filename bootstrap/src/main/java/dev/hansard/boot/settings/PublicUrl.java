// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.MisfitException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where people reach the admin plane. It has no path: cookies and the addresses of the console are for a whole host.
 */
final class PublicUrl {
    private static final String EXPECTED = "an https URL of a host alone, such as https://hansard.example.com";

    private PublicUrl() {}

    /** Reads one; by http it can only be this machine. */
    static URI parse(String text) {
        try {
            var url = new URI(text);
            boolean hasHostAlone = url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
            if (hasHostAlone && (isSecure(url) || isPlainLoopback(url))) {
                return url;
            }
        } catch (URISyntaxException _) {
            // As below.
        }
        throw new MisfitException(EXPECTED, "http is for loopback only; a path is not possible");
    }

    /** Whether people reach it over TLS. */
    static boolean isSecure(@Nullable URI url) {
        return url != null && "https".equalsIgnoreCase(url.getScheme());
    }

    private static boolean isPlainLoopback(URI url) {
        String host = url.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return "http".equalsIgnoreCase(url.getScheme()) && new ListenAddress(bare, 0).isLoopback();
    }
}
