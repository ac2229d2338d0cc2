// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.WrittenConfig;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.ports.exchange.Durability;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hansard serve}. */
@Command(
        name = "serve",
        description = "Run the proxy: forward calls to services and record them.",
        footer = {
            "",
            "Without --config and --upstream, the configuration is $HANSARD_CONFIG or ./hansard.yaml.",
            "SIGTERM stops it: calls in flight are finished first."
        })
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ServeAction action;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration.")
    private @Nullable Path config;

    @Option(
            names = {"-u", "--upstream"},
            paramLabel = "URL",
            description = "Forward every call to this address; no configuration is needed.")
    private @Nullable String upstream;

    @Option(names = "--listen", paramLabel = "ADDRESS", description = "Take calls here instead.")
    private @Nullable ListenAddress listen;

    @Option(names = "--admin", paramLabel = "ADDRESS", description = "Serve the admin API here instead.")
    private @Nullable ListenAddress admin;

    @Option(names = "--data-dir", paramLabel = "FOLDER", description = "Keep records here instead.")
    private @Nullable Path dataDir;

    @Option(
            names = "--record",
            paramLabel = "strict|relaxed",
            description = "When the record of a call is durable: before its answer, or behind it.")
    private @Nullable Durability record;

    ServeCommand(Terminal terminal, ServeAction action) {
        this.terminal = terminal;
        this.action = action;
    }

    @Override
    public Integer call() {
        WrittenConfig written = null;
        Settings settings;
        if (upstream == null) {
            ConfigFile file = ConfigFile.chosen(config, terminal);
            settings = file.load();
            written = file.written(settings);
        } else {
            settings = forUpstream(upstream);
        }
        return action.serve(new Overrides(listen, admin, dataDir, record).apply(settings), written, terminal);
    }

    private Settings forUpstream(String url) {
        if (config != null) {
            throw CommandFailedException.usage(
                    "--config and --upstream exclude each other", "add the upstream to the configuration");
        }
        try {
            return Settings.forUpstream(url);
        } catch (MisfitException e) {
            throw CommandFailedException.usage("--upstream must be " + e.expected(), e.hint());
        }
    }
}
