// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import java.util.List;

/** Who is there in the demo. Its secrets are in the sources for all to read: they open nothing but the demo. */
final class DemoCast {
    static final Client CHECKOUT = new Client("checkout", List.of("shop", "payments"));
    static final Client BILLING = new Client("billing", List.of("finance", "payments"));

    /** What people sign in to. */
    static final Client CONSOLE = new Client("hansard", List.of());

    /** The services that call. */
    static final List<Client> CLIENTS = List.of(CHECKOUT, BILLING);

    /** The people who look at what was recorded. */
    static final List<Person> PEOPLE = List.of(
            new Person("dev", "Dana Developer", "searches and reads what her service did", "developers"),
            new Person("reviewer", "Rohan Reviewer", "is asked before a risky call goes on", "payments-leads"),
            new Person("auditor", "Aiko Auditor", "proves who did what", "sec-audit"),
            new Person("admin", "Alex Admin", "keeps it running", "platform-admins"));

    private DemoCast() {}

    /**
     * A service that calls.
     *
     * @param id its name at the issuer, and the subject of its tokens
     */
    record Client(String id, List<String> groups) {
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
