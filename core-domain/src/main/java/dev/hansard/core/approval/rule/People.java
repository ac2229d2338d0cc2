// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Who is the same person, and who stands behind a caller (THREATS 19). Immutable.
 *
 * @param providers names of the identity providers that recognise people; empty for all. An API key is nobody's
 *     person: whoever may make one would be two
 * @param linked accounts that belong to one person each
 * @param owners who owns the service identities
 */
public record People(Set<String> providers, List<Set<Account>> linked, List<Owner> owners) {
    /** Every account is a person of its own, and nobody owns a caller. */
    public static final People UNKNOWN = new People(Set.of(), List.of(), List.of());

    private static final Comparator<Account> ORDER =
            Comparator.comparing(Account::provider).thenComparing(Account::subject);

    public People {
        providers = Set.copyOf(providers);
        linked = linked.stream().map(Set::copyOf).toList();
        owners = List.copyOf(owners);
    }

    /** How somebody is known to an identity provider: the issuer and the subject. */
    public record Account(String provider, String subject) {
        public static Account of(Caller who) {
            return new Account(who.provider(), who.subject());
        }
    }

    /**
     * Who owns some callers.
     *
     * @param callers the callers
     * @param people those who own them
     */
    public record Owner(CallerPattern callers, List<CallerPattern> people) {
        public Owner {
            people = List.copyOf(people);
        }
    }

    public boolean isPerson(Caller who) {
        boolean isKey = who.subject().startsWith(ApiKey.SUBJECT);
        return !isKey && (providers.isEmpty() || providers.contains(who.provider()));
    }

    /** The one account that stands for a person, whichever they use. */
    public Account person(Account account) {
        for (Set<Account> one : linked) {
            if (one.contains(account)) {
                return one.stream().min(ORDER).orElse(account);
            }
        }
        return account;
    }

    /** Whether somebody made a request, acts for whoever did, or owns the identity that did. */
    public boolean isBehind(Caller requester, Caller who) {
        Account person = person(Account.of(who));
        if (person.equals(person(Account.of(requester)))) {
            return true;
        }
        for (String actor : requester.actors()) {
            if (actor.equals(who.subject()) || person.equals(person(new Account(requester.provider(), actor)))) {
                return true;
            }
        }
        return owners.stream()
                .filter(owner -> owner.callers().matches(requester))
                .flatMap(owner -> owner.people().stream())
                .anyMatch(pattern -> isOne(pattern, who));
    }

    /** With any of their accounts. */
    private boolean isOne(CallerPattern pattern, Caller who) {
        if (pattern.matches(who)) {
            return true;
        }
        return linked.stream()
                .filter(accounts -> accounts.contains(Account.of(who)))
                .flatMap(Set::stream)
                .anyMatch(account -> pattern.matches(new Caller(account.provider(), account.subject(), List.of())));
    }
}
