// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The token that {@code hansard login} left in the user's folder: the token in the first line, the node that took it in
 * the second. It is shown to that node alone, so that a mistyped {@code --admin} gives it to nobody else.
 */
public final class StoredToken {
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path file;

    private StoredToken(Path file) {
        this.file = file;
    }

    /** Where it is kept, be it there or not; null when the user has no folder. */
    public static @Nullable StoredToken of(Terminal terminal) {
        String config = terminal.environment().getOrDefault("XDG_CONFIG_HOME", "");
        String home = terminal.environment().getOrDefault("HOME", "");
        if (config.isBlank() && home.isBlank()) {
            return null;
        }
        Path folder = config.isBlank() ? Path.of(home, ".config") : Path.of(config);
        return new StoredToken(folder.resolve("hansard").resolve("token"));
    }

    public Path file() {
        return file;
    }

    /** The token, when there is one for that node. */
    public @Nullable Token tokenFor(URI address) {
        if (!Files.exists(file)) {
            return null;
        }
        requireMine();
        try {
            List<String> lines = Files.readAllLines(file);
            boolean isForAnother = lines.size() > 1
                    && !lines.get(1).isBlank()
                    && !lines.get(1).strip().equals(node(address));
            return isForAnother ? null : Token.in(file);
        } catch (IOException _) {
            throw CommandFailedException.usage("'" + file + "' cannot be read", "`hansard logout` removes it");
        }
    }

    private void requireMine() {
        try {
            if (isPosix() && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                throw CommandFailedException.usage(
                        "'" + file + "' holds a token and others may read or write it",
                        "chmod 600 " + file + ", and revoke the token if others use this machine");
            }
        } catch (IOException _) {
            throw CommandFailedException.usage("'" + file + "' cannot be read", "`hansard logout` removes it");
        }
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Keeps a token for a node, in place of what was there. */
    public void keep(Token token, URI address) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling("token.new");
            Files.deleteIfExists(next);
            OwnersFile.create(next, token.value().reveal() + "\n" + node(address) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            throw CommandFailedException.usage("'" + file + "' cannot be written", "check the folder and its rights");
        }
    }

    /** Removes it; false when there was none. */
    public boolean remove() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException _) {
            throw CommandFailedException.usage("'" + file + "' cannot be removed", "check the folder and its rights");
        }
    }

    private static String node(URI address) {
        boolean isSecure = "https".equalsIgnoreCase(address.getScheme());
        int usual = isSecure ? 443 : 80;
        int port = address.getPort() < 0 ? usual : address.getPort();
        return (isSecure ? "https://" : "http://") + address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
