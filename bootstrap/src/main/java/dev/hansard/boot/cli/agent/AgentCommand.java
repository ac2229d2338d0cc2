// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.agent;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.AgentSettings;
import dev.hansard.boot.settings.AgentSettingsLoader;
import dev.hansard.boot.settings.GatewayUrl;
import dev.hansard.boot.settings.TlsFiles;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Problem;
import dev.hansard.http.agent.GatewaySettings;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.InvalidValueException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hansard agent}. */
@Command(
        name = "agent",
        description = "Serve services beside this machine to a gateway that cannot reach them.",
        footer = {
            "",
            "Its configuration has version: 1 and services, each with upstream and perhaps credentials.",
            "It opens connections to the gateway and none is opened to it. SIGTERM stops it: calls under way",
            "are finished first."
        })
public final class AgentCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final AgentAction action;

    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "URL",
            description = "A listener of the gateway, such as https://gw:8443.")
    private String gateway = "";

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Which of the gateway's agents this is.")
    private String name = "";

    @Option(names = "--token-file", required = true, paramLabel = "FILE", description = "Holds the agent's token.")
    private Path tokenFile = Path.of("");

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The services behind this agent.")
    private Path config = Path.of("");

    @Option(names = "--ca-file", paramLabel = "FILE", description = "Who may have signed the gateway's certificate.")
    private @Nullable Path caFile;

    @Option(names = "--cert-file", paramLabel = "FILE", description = "The certificate to show to the gateway.")
    private @Nullable Path certFile;

    @Option(names = "--key-file", paramLabel = "FILE", description = "Its key.")
    private @Nullable Path keyFile;

    @Option(
            names = "--connections",
            paramLabel = "COUNT",
            description = "Most connections at once, and so most calls (256).")
    private int connections = GatewaySettings.MOST_CONNECTIONS;

    @Option(
            names = "--insecure-plaintext",
            description = "Send token and calls unencrypted to a gateway that is not on this machine.")
    private boolean isPlaintextAllowed;

    private AgentCommand(Terminal terminal, AgentAction action) {
        this.terminal = terminal;
        this.action = action;
    }

    public static CommandLine over(Terminal terminal, AgentAction action) {
        return new CommandLine(new AgentCommand(terminal, action));
    }

    @Override
    public Integer call() {
        UpstreamAddress address = address();
        var settings = new GatewaySettings(address, tls(address), name(), token(), most());
        return action.serve(services(), settings, terminal);
    }

    private UpstreamAddress address() {
        UpstreamAddress address;
        try {
            address = GatewayUrl.parse(gateway);
        } catch (MisfitException e) {
            throw CommandFailedException.usage("--gateway must be " + e.expected(), e.hint());
        }
        if (!address.tls() && !GatewayUrl.isLoopback(address) && !isPlaintextAllowed) {
            throw CommandFailedException.usage(
                    "--gateway " + address
                            + " is neither https nor on this machine, so that everybody between could read"
                            + " the token and the calls",
                    "write https://, or, where something else encrypts the way there, add --insecure-plaintext");
        }
        return address;
    }

    private UpstreamTls tls(UpstreamAddress address) {
        boolean isAny = caFile != null || certFile != null || keyFile != null;
        if (isAny && !address.tls()) {
            throw CommandFailedException.usage(
                    "--ca-file, --cert-file and --key-file are for an https --gateway, but it is " + address,
                    "write https:// or remove them");
        }
        try {
            return new UpstreamTls(caFile, null, certFile, keyFile);
        } catch (InvalidValueException _) {
            throw CommandFailedException.usage("--cert-file and --key-file belong together", "write both or none");
        }
    }

    private AgentName name() {
        try {
            return new AgentName(name);
        } catch (InvalidValueException e) {
            throw CommandFailedException.usage("--name: " + e.getMessage(), "");
        }
    }

    private Path token() {
        if (!Files.isReadable(tokenFile)) {
            throw CommandFailedException.usage(
                    "--token-file " + tokenFile + " cannot be read", "check that it is there and who may read it");
        }
        return tokenFile;
    }

    private int most() {
        if (connections < 1 || connections > GatewaySettings.MOST_CONNECTIONS) {
            throw CommandFailedException.usage(
                    "--connections must be 1 to " + GatewaySettings.MOST_CONNECTIONS + ", but is " + connections,
                    "start more agents by the same name for more");
        }
        return connections;
    }

    private AgentSettings services() {
        var loader = new AgentSettingsLoader(
                terminal.environment(), dev.hansard.boot.settings.yaml.Files.onDisk(), TlsFiles.onDisk());
        return switch (loader.load(config)) {
            case AgentSettingsLoader.Loaded.Right(AgentSettings settings) -> {
                settings.warnings().forEach(terminal.err()::println);
                yield settings;
            }
            case AgentSettingsLoader.Loaded.Wrong(List<Problem> problems) -> {
                problems.forEach(terminal.err()::println);
                throw CommandFailedException.usage(config + " has errors", "");
            }
        };
    }
}
