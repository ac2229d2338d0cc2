// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import java.time.Duration;
import java.util.List;

/** Who is there in the demo. Its secrets are in the sources for all to read: they open nothing but the demo. */
final class DemoCast {
    static final Client CHECKOUT = new Client("checkout", List.of("shop", "payments"), DemoIssuer.LIFE);
    static final Client BILLING = new Client("billing", List.of("finance", "payments"), DemoIssuer.LIFE);

    /** Whose service that is, and who may therefore not decide on what it asks for. */
    static final String OWNER_OF_BILLING = "admin";

    /** A job that looks at what was recorded, as an administrator: for a terminal without a browser. */
    static final Client NIGHTLY = new Client("nightly-job", List.of("platform-admins"), Duration.ofHours(1));

    /** What people sign in to. */
    static final Client CONSOLE = new Client("hansard", List.of(), DemoIssuer.LIFE);

    /** The services that can have a token. */
    static final List<Client> CLIENTS = List.of(CHECKOUT, BILLING, NIGHTLY);

    /** The people who look at what was recorded. */
    static final List<Person> PEOPLE = List.of(
            new Person("dev", "Dana Developer", "searches and reads what her service did", "developers"),
            new Person("reviewer", "Rohan Reviewer", "is asked before a risky call goes on", "payments-leads"),
            new Person("auditor", "Aiko Auditor", "proves who did what", "sec-audit"),
            new Person("admin", "Alex Admin", "keeps it running", "platform-admins"));

    private DemoCast() {}

    /**
     * A service.
     *
     * @param id its name at the issuer, and the subject of its tokens
     * @param life of each of its tokens
     */
    record Client(String id, List<String> groups, Duration life) {
        Client {
            groups = List.copyOf(groups);
        }

        String secret() {
            return id + "-demo";
        }
    }

    /** Somebody who can sign in. */
    record Person(String id, String name, String does, String group) {}
}
