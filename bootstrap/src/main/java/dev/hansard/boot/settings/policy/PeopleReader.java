// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.policy;

import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.core.approval.rule.People;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code approvals}: who owns the identities of services, and which accounts belong to one person. */
final class PeopleReader {
    private final Section section;

    PeopleReader(Section root) {
        this.section = root.section("approvals", PolicyKeys.APPROVALS);
    }

    People read() {
        var owners = new ArrayList<People.Owner>();
        for (Entry entry : section.named("owners")) {
            String path = section.child("owners") + "." + entry.key();
            var people = new ArrayList<CallerPattern>();
            for (Tree item : items(entry, path)) {
                CallerPattern pattern = section.parsed(item, path, null, PeopleReader::pattern);
                if (pattern != null) {
                    people.add(pattern);
                }
            }
            try {
                owners.add(new People.Owner(new CallerPattern(entry.key()), people));
            } catch (InvalidValueException e) {
                section.problems().error(entry.at(), path + ": " + e.getMessage(), "");
            }
        }
        var linked = new ArrayList<Set<People.Account>>();
        for (Entry entry : section.named("people")) {
            String path = section.child("people") + "." + entry.key();
            Set<People.Account> accounts = new HashSet<>();
            for (Tree item : items(entry, path)) {
                People.Account account = section.parsed(item, path, null, PeopleReader::account);
                if (account != null) {
                    accounts.add(account);
                }
            }
            linked.add(accounts);
        }
        return new People(Set.of(), linked, owners);
    }

    private List<Tree> items(Entry entry, String path) {
        if (entry.value() instanceof Tree.Sequence sequence) {
            return sequence.items();
        }
        section.problems().error(entry.at(), path + " must be a list", "write [one, another]");
        return List.of();
    }

    private static CallerPattern pattern(String text) {
        try {
            return new CallerPattern(text);
        } catch (InvalidValueException _) {
            throw new MisfitException("a subject or group:NAME, with * for any run");
        }
    }

    private static People.Account account(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new MisfitException("PROVIDER/SUBJECT, such as corp-oidc/ann@example.com");
        }
        return new People.Account(text.substring(0, slash), text.substring(slash + 1));
    }
}
