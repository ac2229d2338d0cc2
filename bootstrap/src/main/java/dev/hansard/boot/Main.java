// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot;

import dev.hansard.boot.cli.HansardCommand;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.sessions.SessionsCommand;
<<<<<<< Updated upstream
import dev.hansard.boot.log.Logs;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.LogSettings;
import dev.hansard.boot.settings.Settings;
=======
import dev.hansard.boot.demo.Demo;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.boot.wiring.Serving;
>>>>>>> Stashed changes
import java.time.ZoneId;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.ofProcess(System.getProperties(), System.getenv());
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> HansardCommand.onBug(e, terminal));
        int exitCode = run(terminal, arguments);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(exitCode);
    }

    private static int run(Terminal terminal, String... arguments) {
        try {
            NodeClock clock = NodeClock.system();
            CommandLine sessions = SessionsCommand.over(terminal, ZoneId.systemDefault());
<<<<<<< Updated upstream
            return HansardCommand.over(terminal, Main::serve, Main::demo, sessions)
=======
            return HansardCommand.over(terminal, new Serving(clock), new Demo(clock), sessions)
>>>>>>> Stashed changes
                    .execute(arguments);
        } catch (RuntimeException | Error e) {
            return HansardCommand.onBug(e, terminal);
        }
    }
<<<<<<< Updated upstream

    private static int serve(Settings settings, Terminal terminal) {
        Logs.start(settings.log(), terminal.err(), terminal.errIsTerminal());
        return notBuilt();
    }

    private static int demo(ListenAddress listen, ListenAddress admin, Terminal terminal) {
        Logs.start(LogSettings.DEFAULT, terminal.err(), terminal.errIsTerminal());
        return notBuilt();
    }

    private static int notBuilt() {
        throw new CommandFailedException(ExitCode.OUR_BUG, "this build has no node to run", "");
    }
=======
>>>>>>> Stashed changes
}
