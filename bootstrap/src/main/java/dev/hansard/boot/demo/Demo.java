// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.cli.DemoAction;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.ListenAddress;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.wiring.Node;
import dev.hansard.boot.wiring.NodeClock;
import dev.hansard.boot.wiring.Serving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * {@code hansard demo}: no file, no network; everything on loopback, the records in a temporary folder that goes with
 * it.
 */
public final class Demo implements DemoAction {
    private final NodeClock clock;

    public Demo(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public int demo(ListenAddress listen, ListenAddress admin, Terminal terminal) {
        Path folder = temporaryFolder();
        var services = new DemoServices();
        var issuer = new DemoIssuer(clock);
        var bell = new DemoBell(terminal.out(), clock);
        var cast = new DemoSettings.Cast(services, issuer.url(), bell);
        Node node;
        try {
            node = new Serving(clock).started(DemoSettings.of(listen, admin, folder, cast));
        } catch (RuntimeException e) {
            bell.close();
            issuer.close();
            services.close();
            remove(folder);
            throw e;
        }
        ListenAddress gateway = listen.withPort(node.port(ListenerSettings.DEFAULT.name()));
        welcome(terminal, gateway, admin.withPort(node.adminPort()), issuer.url());
        bell.commandsNeed(option(admin.withPort(node.adminPort())));
        var traffic = new DemoTraffic("http://" + gateway, issuer.url(), clock);
        var refunds = new DemoRefunds("http://" + gateway, issuer.url(), clock);
        Serving.waitForStop(() -> {
            refunds.close();
            traffic.close();
            node.close();
            bell.close();
            issuer.close();
            services.close();
            remove(folder);
        });
        return ExitCode.DONE;
    }

    /** What commands need besides where the admin plane is not at its usual place. */
    private static String option(ListenAddress admin) {
        return admin.toString().equals("127.0.0.1:9000") ? "" : " --admin http://" + admin;
    }

    private static void welcome(Terminal terminal, ListenAddress gateway, ListenAddress admin, String issuer) {
        String url = "http://" + admin;
        String option = option(admin);
        terminal.out().print("""
                Hansard is running, and two demo services behind it get a few calls a second, from callers that show
                access tokens.

                  gateway    http://%1$s   (try /payments/v1/payments/1001 or /search/products?q=lamp)
                  admin API  %2$s
                  issuer     %4$s   (who is there, and how to get a token)

                Four people may look at that: a developer, a reviewer, an auditor and an admin. Sign in as one of them, with a
                browser at %2$s/login or in another terminal:

                  ./hansard login%3$s
                  ./hansard sessions tail%3$s
                  ./hansard sessions ls 'service:payments status:>=500'%3$s
                  curl -i http://%1$s/payments/v1/payments/1001

                Without a browser, show the token of a job that may look, too; it is good for %5$d minutes:

                  export HANSARD_TOKEN=$(%6$s)

                A call without a token, like this one, is recorded as anonymous. A refund above 1000 waits until
                somebody has approved it: billing asks for one now, and what to do about it stands below once it waits.

                Ctrl-C stops it and removes what it recorded.
                """.formatted(
                        gateway,
                        url,
                        option,
                        issuer,
                        DemoCast.NIGHTLY.life().toMinutes(),
                        DemoPage.command(issuer, DemoCast.NIGHTLY)));
        terminal.out().flush();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("hansard-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder could be made", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Demo::removeOne);
        } catch (IOException | UncheckedIOException _) {
            // What is left lies in the system's temporary folder, which is cleared by others.
        }
    }

    private static void removeOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
