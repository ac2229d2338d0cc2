// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot;

import dev.hansard.boot.cli.DemoAction;
import dev.hansard.boot.cli.HansardCommand;
import dev.hansard.boot.cli.ServeAction;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.agent.AgentAction;
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
import dev.hansard.boot.cli.spool.SpoolCommand;
import dev.hansard.boot.cli.storage.StorageCommand;
import dev.hansard.boot.demo.Demo;
import dev.hansard.boot.log.Logs;
import dev.hansard.boot.settings.LogSettings;
import dev.hansard.boot.wiring.AgentServing;
import dev.hansard.boot.wiring.BackupTaking;
import dev.hansard.boot.wiring.CatalogMaking;
import dev.hansard.boot.wiring.DeadSpool;
import dev.hansard.boot.wiring.KeyRotations;
import dev.hansard.boot.wiring.LedgerOpening;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.boot.wiring.NodeRestore;
import dev.hansard.boot.wiring.ServiceMaskPreview;
import dev.hansard.boot.wiring.ServiceMaskings;
import dev.hansard.boot.wiring.Serving;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Before the JDK's TLS is loaded, which looks once. Without it a cut TLS connection looks like the end of a
        // content
        // that ends with its connection, and half of it would be passed on and recorded as the whole (RFC 9112 section
        // 9.8).
        System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
        var terminal = Terminal.ofProcess(System.getProperties(), System.getenv());
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> HansardCommand.onBug(e, terminal));
        int exitCode = run(terminal, arguments);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(exitCode);
    }

    private static int run(Terminal terminal, String... arguments) {
        try {
            List<CommandLine> others = new ArrayList<>();
            others.add(SessionsCommand.over(terminal, ZoneId.systemDefault()));
            others.add(MaskCommand.over(
                    terminal,
                    System.in,
                    new ServiceMaskPreview(System::nanoTime),
                    ServiceMaskings.tools(System::nanoTime)));
            others.addAll(PolicyCommands.over(terminal, System.in));
            others.add(ApprovalCommands.over(terminal, System.in));
            others.add(VerifyCommand.over(terminal, new LedgerOpening(NodeClock.system())));
            others.addAll(RetentionCommands.over(terminal));
            others.add(StorageCommand.over(
                    terminal, RebuildCatalogCommand.over(terminal, new CatalogMaking(NodeClock.system()))));
            others.add(BackupCommand.over(terminal, new BackupTaking(NodeClock.system())));
            others.add(RestoreCommand.over(terminal, new NodeRestore(NodeClock.system())));
            others.add(SpoolCommand.over(
                    terminal,
                    (settings, dataDir, bytesLeft) ->
                            new DeadSpool(NodeClock.system()).adopt(settings, dataDir, bytesLeft)));
            others.add(AgentCommand.over(terminal, agent()));
            others.add(CredentialsCommand.over(terminal, ZoneId.systemDefault()));
            others.addAll(PeopleCommands.over(
                    terminal,
                    ZoneId.systemDefault(),
                    settings -> new KeyRotations(NodeClock.system()).rotate(settings)));
            return HansardCommand.over(terminal, serve(), demo(), List.of(PolicyCommands.reload(terminal)), others)
                    .execute(arguments);
        } catch (RuntimeException | Error e) {
            return HansardCommand.onBug(e, terminal);
        }
    }

    private static ServeAction serve() {
        return (settings, written, terminal) -> {
            Logs.start(settings.log(), terminal.err(), terminal.errIsTerminal());
            return new Serving(NodeClock.system()).serve(settings, written, terminal);
        };
    }

    private static AgentAction agent() {
        return (settings, gateway, terminal) -> {
            Logs.start(settings.log(), terminal.err(), terminal.errIsTerminal());
            return new AgentServing(NodeClock.system()).serve(settings, gateway);
        };
    }

    private static DemoAction demo() {
        return (listen, admin, terminal) -> {
            Logs.start(LogSettings.DEFAULT, terminal.err(), terminal.errIsTerminal());
            return new Demo(NodeClock.system()).demo(listen, admin, terminal);
        };
    }
}
