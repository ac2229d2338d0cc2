// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.cli.agent.AgentCommand;
import dev.hansard.boot.cli.approvals.ApprovalCommands;
import dev.hansard.boot.cli.credentials.CredentialsCommand;
import dev.hansard.boot.cli.ledger.VerifyCommand;
import dev.hansard.boot.cli.mask.MaskCommand;
import dev.hansard.boot.cli.people.PeopleCommands;
import dev.hansard.boot.cli.policy.PolicyCommands;
import dev.hansard.boot.cli.recovery.BackupCommand;
import dev.hansard.boot.cli.recovery.RebuildCatalogCommand;
import dev.hansard.boot.cli.recovery.RestoreCommand;
import dev.hansard.boot.cli.retention.RetentionCommands;
import dev.hansard.boot.cli.sessions.SessionsCommand;
import dev.hansard.boot.cli.storage.StorageCommand;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.wiring.BackupTaking;
import dev.hansard.boot.wiring.CatalogMaking;
import dev.hansard.boot.wiring.KeyRotations;
import dev.hansard.boot.wiring.LedgerOpening;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.boot.wiring.NodeRestore;
import dev.hansard.boot.wiring.ServiceMaskPreview;
import dev.hansard.boot.wiring.ServiceMaskings;
import dev.hansard.http.agent.GatewaySettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A terminal in memory, with the commands on it. */
public final class Screen {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;
    private byte[] in = {};
    private final List<Settings> served = new ArrayList<>();
    private final List<GatewaySettings> agents = new ArrayList<>();

    private Screen(boolean isTerminal, int columns, Map<String, String> environment) {
        terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                isTerminal,
                isTerminal,
                columns,
                environment);
    }

    /** One whose output goes to a file or another program. */
    public static Screen piped() {
        return new Screen(false, Integer.MAX_VALUE, Map.of());
    }

    /** The same with environment variables. */
    public static Screen piped(Map<String, String> environment) {
        return new Screen(false, Integer.MAX_VALUE, environment);
    }

    /** One that a person looks at. */
    public static Screen ofWidth(int columns) {
        return new Screen(true, columns, Map.of());
    }

    /** What commands read from the standard input. */
    public void type(byte[] content) {
        in = content.clone();
    }

    /** Runs a command; serve remembers its settings. */
    public int run(String... arguments) {
        return run(
                (settings, _, _) -> {
                    served.add(settings);
                    return ExitCode.DONE;
                },
                arguments);
    }

    int run(ServeAction serve, String... arguments) {
        DemoAction demo = (listen, admin, to) -> {
            to.out().println("demo on " + listen + " and " + admin);
            return ExitCode.DONE;
        };
        CommandLine sessions = SessionsCommand.over(terminal, ZoneOffset.UTC);
        CommandLine mask = MaskCommand.over(
                terminal,
                new ByteArrayInputStream(in),
                new ServiceMaskPreview(() -> 0),
                ServiceMaskings.tools(() -> 0));
        CommandLine verify = VerifyCommand.over(terminal, new LedgerOpening(NodeClock.system()));
        List<CommandLine> others = new ArrayList<>(List.of(sessions, mask, verify));
        others.add(BackupCommand.over(terminal, new BackupTaking(NodeClock.system())));
        others.add(RestoreCommand.over(terminal, new NodeRestore(NodeClock.system())));
        others.addAll(PolicyCommands.over(terminal, new ByteArrayInputStream(in)));
        others.add(ApprovalCommands.over(terminal, new ByteArrayInputStream(in)));
        others.addAll(RetentionCommands.over(terminal));
        others.add(StorageCommand.over(
                terminal, RebuildCatalogCommand.over(terminal, new CatalogMaking(NodeClock.system()))));
        others.add(AgentCommand.over(terminal, (_, gateway, _) -> {
            agents.add(gateway);
            return ExitCode.DONE;
        }));
        others.add(CredentialsCommand.over(terminal, ZoneOffset.UTC));
        others.addAll(PeopleCommands.over(terminal, ZoneOffset.UTC, new KeyRotations(NodeClock.system())));
        return HansardCommand.over(terminal, serve, demo, List.of(PolicyCommands.reload(terminal)), others)
                .execute(arguments);
    }

    /** The gateways of the agents that were started. */
    public List<GatewaySettings> agents() {
        return agents;
    }

    Settings served() {
        return served.getLast();
    }

    Terminal terminal() {
        return terminal;
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public byte[] outBytes() {
        return out.toByteArray();
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
