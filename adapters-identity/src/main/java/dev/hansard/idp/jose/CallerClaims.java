// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import dev.hansard.ports.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the caller of the claims of a verified token. What cannot be taken as it stands is refused rather than cut: a
 * group left out could be the one that a policy denies.
 *
 * @param provider name of the provider in the configuration
 * @param subject where the subject is
 * @param groups where the groups are
 */
public record CallerClaims(String provider, ClaimPath subject, ClaimPath groups) {
    private static final int LONGEST_GROUP = 256;

    /** The caller of a token that was verified. */
    public Caller read(JsonObject claims) throws FlawedTokenException {
        if (!(subject.in(claims) instanceof String name) || !isPlain(name, Caller.LONGEST_SUBJECT)) {
            throw new FlawedTokenException(Flaw.INVALID_SUBJECT);
        }
        return new Caller(provider, name, groups(groups.in(claims)), actors(claims));
    }

    private static List<String> groups(@Nullable Object claim) throws FlawedTokenException {
        List<String> groups = switch (claim) {
            case null -> List.of();
            case String text when text.isBlank() -> List.of();
            case String text -> List.of(text.strip().split(" +"));
            case List<?> list -> texts(list);
            default -> throw new FlawedTokenException(Flaw.INVALID_GROUPS);
        };
        List<String> distinct = groups.stream().distinct().toList();
        if (distinct.size() > Caller.MOST_GROUPS
                || !distinct.stream().allMatch(group -> isPlain(group, LONGEST_GROUP))) {
            throw new FlawedTokenException(Flaw.INVALID_GROUPS);
        }
        return distinct;
    }

    private static List<String> texts(List<?> list) throws FlawedTokenException {
        try {
            return JsonObject.texts(list);
        } catch (FlawedTokenException _) {
            throw new FlawedTokenException(Flaw.INVALID_GROUPS);
        }
    }

    /** Who acts for the subject, the nearest first (RFC 8693 section 4.1). */
    private static List<String> actors(JsonObject claims) throws FlawedTokenException {
        List<String> actors = new ArrayList<>();
        Object act = claims.value("act");
        while (act != null) {
            if (!(act instanceof JsonObject actor)
                    || !(actor.value("sub") instanceof String name)
                    || !isPlain(name, Caller.LONGEST_SUBJECT)
                    || actors.size() == Caller.MOST_ACTORS) {
                throw new FlawedTokenException(Flaw.INVALID_ACTOR);
            }
            actors.add(name);
            act = actor.value("act");
        }
        return actors;
    }

    /** Names are compared, printed and stored: controls in them have no meaning but to mislead. */
    private static boolean isPlain(String text, int longest) {
        return !text.isBlank() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }
}
