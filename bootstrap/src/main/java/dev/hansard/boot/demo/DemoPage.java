// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Client;
import dev.hansard.boot.demo.DemoCast.Person;
import java.util.stream.Collectors;

/** The issuer's first page: who is there, and how a service gets a token. */
final class DemoPage {
    private DemoPage() {}

    static String of(String url) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Issuer of the Hansard demo</title>
                <style>
                  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
                  table { border-collapse: collapse; width: 100%% }
                  th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #ccc }
                  pre { overflow-x: auto; padding: .6rem; border: 1px solid #ccc }
                </style>
                <h1>Issuer of the Hansard demo</h1>
                <p>It runs inside <code>hansard demo</code>, and what it signs opens nothing else.</p>
                <h2>Services</h2>
                <p>They call the gateway with access tokens that live %1$d seconds.</p>
                <table><tr><th>Service<th>Secret<th>Groups
                %2$s</table>
                <p>A token for a call of your own:</p>
                <pre>TOKEN=$(%3$s)</pre>
                <h2>People</h2>
                <p>They sign in to the admin plane: at its <code>/login</code> with a browser, or by
                <code>./hansard login</code>. Either leads here, where you pick one of them.</p>
                <table><tr><th>Name<th>Group<th>
                %4$s</table>
                </html>
                """.formatted(
                        DemoIssuer.LIFE.toSeconds(),
                        DemoCast.CLIENTS.stream().map(DemoPage::row).collect(Collectors.joining()),
                        command(url, DemoCast.CHECKOUT),
                        DemoCast.PEOPLE.stream().map(DemoPage::row).collect(Collectors.joining()));
    }

    /** What prints a token in a shell; with sed, because jq is not everywhere. */
    static String command(String url, Client client) {
        return ("curl -s -u %s:%s -d grant_type=client_credentials %s/token"
                        + " | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/'")
                .formatted(client.id(), client.secret(), url);
    }

    private static String row(Client client) {
        return "<tr><td>%s<td><code>%s</code><td>%s%n"
                .formatted(client.id(), client.secret(), String.join(", ", client.groups()));
    }

    private static String row(Person person) {
        return "<tr><td>%s (%s)<td>%s<td>%s%n".formatted(person.name(), person.id(), person.group(), person.does());
    }
}
