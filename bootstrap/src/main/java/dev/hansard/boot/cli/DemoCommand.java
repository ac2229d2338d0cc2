// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.ListenAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hansard demo}. */
@Command(
        name = "demo",
        description = "Run the proxy with two small services and traffic of its own, to look at.",
        footer = {"", "Everything stays on this machine, and the records go to a temporary folder."})
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final DemoAction action;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "Take calls here (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:8080")
    private ListenAddress listen = new ListenAddress("127.0.0.1", 8080);

    @Option(
            names = "--admin",
            paramLabel = "ADDRESS",
            description = "Serve the admin API here (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:9000")
    private ListenAddress admin = new ListenAddress("127.0.0.1", 9000);

    DemoCommand(Terminal terminal, DemoAction action) {
        this.terminal = terminal;
        this.action = action;
    }

    @Override
    public Integer call() {
        if (!listen.isLoopback() || !admin.isLoopback()) {
            throw CommandFailedException.usage(
                    "the demo runs on loopback only", "write addresses such as 127.0.0.1:18080");
        }
        if (listen.clashesWith(admin)) {
            throw CommandFailedException.usage("--listen and --admin are the same", "give each an address of its own");
        }
        return action.demo(listen, admin, terminal);
    }
}
