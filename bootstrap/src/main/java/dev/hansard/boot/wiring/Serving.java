// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.ServeAction;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.WrittenConfig;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code hansard serve}: a node that runs until the process is told to stop. */
public final class Serving implements ServeAction {
    private final NodeClock clock;

    public Serving(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public int serve(Settings settings, @Nullable WrittenConfig written, Terminal terminal) {
        Node node = started(settings, written);
        for (ListenerSettings listener : settings.listeners()) {
            terminal.err()
                    .println("listener " + listener.name() + ": " + scheme(listener) + "://"
                            + listener.address().withPort(node.port(listener.name())));
        }
        terminal.err().println("admin API: http://" + settings.admin().address().withPort(node.adminPort()));
        terminal.err().flush();
        waitForStop(node::close);
        return ExitCode.DONE;
    }

    /** As {@link #started(Settings, WrittenConfig)}, of settings that stand in no file. */
    public Node started(Settings settings) {
        return started(settings, null);
    }

    /**
     * Starts a node or says, as a failed command, why it cannot.
     *
     * @param written where the settings can be read again; null when they stand in no file
     */
    public Node started(Settings settings, @Nullable WrittenConfig written) {
        try {
            return Node.start(settings, written, clock);
        } catch (NodeStartException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
        }
    }

    private static String scheme(ListenerSettings listener) {
        return listener.tls() == null ? "http" : "https";
    }

    /** Returns when the process is told to stop, after {@code atStop} has run. */
    public static void waitForStop(Runnable atStop) {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("hansard-stop").unstarted(() -> {
                    atStop.run();
                    stopped.countDown();
                }));
        try {
            stopped.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
