// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command shows to say who asks: an access token or an API key.
 *
 * @param from where it was found, for people
 */
public record Token(Secret value, String from) {
    /** The longest token. */
    static final int LONGEST = 8_192;

    /** Whether it is of a sign-in, which ends by itself; else it is an API key or an access token. */
    public boolean isOfSignIn() {
        return value.reveal().startsWith(DeviceDesk.TOKEN_PREFIX);
    }

    /** The first line of a file, whoever may read the file: containers get their secrets in such. */
    public static Token in(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST + 2), StandardCharsets.UTF_8);
            return of(text.lines().findFirst().orElse(""), "'" + file + "'");
        } catch (IOException _) {
            throw CommandFailedException.usage(
                    "the token file '" + file + "' cannot be read", "check its name and its rights");
        }
    }

    /** What was found somewhere. */
    public static Token of(String text, String from) {
        String token = text.strip();
        boolean isVisible = token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (token.isEmpty() || token.length() > LONGEST || !isVisible) {
            throw CommandFailedException.usage(
                    from + " must hold a token of 1 to " + LONGEST + " visible ASCII characters on its first line",
                    "`hansard keys create NAME --key-file FILE` makes such a file");
        }
        return new Token(Secret.of(token), from);
    }
}
