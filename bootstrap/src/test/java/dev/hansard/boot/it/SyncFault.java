// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes every fsync of a running process fail or hang, with strace, until it is closed. */
final class SyncFault implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CALLS = "fdatasync,fsync";

    private final JarNode strace;

    private SyncFault(JarNode strace) {
        this.strace = strace;
    }

    /** Each fsync answers EIO. Empty where there is no strace, or it is not allowed to do that. */
    static Optional<SyncFault> failing(Path folder, JarNode node) {
        return attach(folder, node, "error=EIO");
    }

    /** Each fsync returns after a minute. */
    static Optional<SyncFault> hanging(Path folder, JarNode node) {
        return attach(folder, node, "delay_enter=60000000");
    }

    private static Optional<SyncFault> attach(Path folder, JarNode node, String fault) {
        List<Path> places = List.of(Path.of("/usr/bin/strace"), Path.of("/bin/strace"));
        Optional<Path> program = places.stream().filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        JarNode strace = JarNode.launch(
                folder,
                List.of(
                        program.get().toString(),
                        "-f",
                        "-p",
                        Long.toString(node.pid()),
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=" + CALLS,
                        "-e",
                        "inject=" + CALLS + ":" + fault));
        await().atMost(LIMIT).until(() -> !strace.isAlive() || strace.stderr().contains("attached"));
        return strace.isAlive() ? Optional.of(new SyncFault(strace)) : Optional.empty();
    }

    /** Detaches: what hangs goes on. A strace that delays somebody does not listen to gentler signals. */
    @Override
    public void close() {
        strace.close();
    }
}
