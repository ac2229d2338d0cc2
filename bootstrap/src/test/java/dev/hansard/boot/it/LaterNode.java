// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.HansardCommand;
import dev.hansard.boot.cli.ServeAction;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.log.Logs;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.boot.wiring.Serving;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** {@code hansard serve} by a clock that is some minutes ahead: as if they had passed while the node was down. */
final class LaterNode {
    private LaterNode() {}

    public static void main(String[] arguments) {
        NodeClock system = NodeClock.system();
        Duration later = Duration.ofMinutes(Long.parseLong(arguments[0]));
        var clock = new NodeClock(
                Clock.offset(Clock.systemUTC(), later),
                system.nanos(),
                system.random(),
                system.secrets(),
                system.pause());
        var terminal = Terminal.ofProcess(System.getProperties(), System.getenv());
        ServeAction serve = (settings, written, shown) -> {
            Logs.start(settings.log(), shown.err(), shown.errIsTerminal());
            return new Serving(clock).serve(settings, written, shown);
        };
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        System.exit(HansardCommand.over(terminal, serve, (_, _, _) -> ExitCode.USAGE, List.of(), List.of())
                .execute(others));
    }
}
