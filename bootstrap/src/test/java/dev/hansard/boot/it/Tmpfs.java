// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A small disk of its own that can be filled. Only root may make one. */
final class Tmpfs implements AutoCloseable {
    private static final int BLOCK = 4096;
    private static final long COMMAND_LIMIT_SECONDS = 10;

    private final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    /** Empty where this machine does not allow it. */
    static Optional<Tmpfs> mount(Path folder, int mib) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", folder.toString());
        return mounted ? Optional.of(new Tmpfs(folder)) : Optional.empty();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                output.readAllAsString();
            }
            return process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false; // There is no such command.
        }
    }

    /** Takes all the room there is. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() >= BLOCK) {
                throw e;
            }
        }
    }

    /** Gives the room back. */
    void empty() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() {
        try {
            run("umount", "-l", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
