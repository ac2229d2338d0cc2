// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import java.util.stream.Collectors;

/** The pages that people of the demo sign in on: who they are is picked from a list. */
final class DemoPickList {
    private DemoPickList() {}

    /**
     * The list.
     *
     * @param address what a person's id is put behind
     */
    static String of(String address) {
        String people = DemoCast.PEOPLE.stream()
                .map(person -> "<li><a href=\"%s%s\">%s</a> (%s), who %s%n"
                        .formatted(address, person.id(), person.name(), person.group(), person.does()))
                .collect(Collectors.joining());
        return page("<h1>Who are you?</h1><p>This is the demo: pick somebody.</p><ul>" + people + "</ul>");
    }

    /** Where the code of a command line is typed in. */
    static String code(boolean isWrong) {
        return page((isWrong ? "<p>There is no such code, or not any more.</p>" : "")
                + "<h1>Sign in for a command line</h1><form action=\"/activate\"><label>Code that it shows: "
                + "<input name=\"user_code\" autofocus></label> <button>Go on</button></form>");
    }

    /** The end. */
    static String done() {
        return page("<h1>You are signed in</h1><p>Go back to the command line.</p>");
    }

    static String tooLate() {
        return page("<h1>That took too long</h1><p>Begin again where you came from.</p>");
    }

    private static String page(String body) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Issuer of the Hansard demo</title>
                <style>
                  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
                </style>
                %s
                </html>
                """.formatted(body);
    }
}
