// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as {@link StrictJson} read it. Values are {@link String}, {@link BigDecimal}, {@link Boolean},
 * {@link List}, {@link JsonObject} or {@link #NULL}. Immutable.
 */
public final class JsonObject {
    /** What {@code null} is read as: a member that is null is there nevertheless. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /** Later than any time that a token means, and far from where sums overflow. */
    private static final BigDecimal LATEST_SECOND = BigDecimal.valueOf(253_402_300_800L);

    // Not Map.copyOf: its tables degrade when a sender picks names that collide, a HashMap's do not.
    private final Map<String, Object> members;

    JsonObject(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(new HashMap<>(members));
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Set<String> names() {
        return members.keySet();
    }

    /** Whatever is there; null when nothing is. */
    public @Nullable Object value(String name) {
        return members.get(name);
    }

    /** The text of a member; null when there is no such member, but a flaw when it is something else. */
    public @Nullable String text(String name) throws FlawedTokenException {
        return switch (members.get(name)) {
            case null -> null;
            case String text -> text;
            default -> throw new FlawedTokenException(Flaw.MALFORMED);
        };
    }

    /** The object in a member; null when there is no such member. */
    public @Nullable JsonObject object(String name) throws FlawedTokenException {
        return switch (members.get(name)) {
            case null -> null;
            case JsonObject object -> object;
            default -> throw new FlawedTokenException(Flaw.MALFORMED);
        };
    }

    /** The texts of a list, or the one text that stands for a list of one; empty when there is no such member. */
    public List<String> texts(String name) throws FlawedTokenException {
        return switch (members.get(name)) {
            case null -> List.of();
            case String text -> List.of(text);
            case List<?> list -> texts(list);
            default -> throw new FlawedTokenException(Flaw.MALFORMED);
        };
    }

    /** The same list, when all of it is text. */
    public static List<String> texts(List<?> list) throws FlawedTokenException {
        for (Object element : list) {
            if (!(element instanceof String)) {
                throw new FlawedTokenException(Flaw.MALFORMED);
            }
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** A NumericDate (RFC 7519 section 2) in milliseconds since 1970; null when there is no such member. */
    public @Nullable Long millis(String name) throws FlawedTokenException {
        return switch (members.get(name)) {
            case null -> null;
            case BigDecimal seconds
            when seconds.signum() >= 0 && seconds.compareTo(LATEST_SECOND) < 0 ->
                seconds.movePointRight(3).longValue();
            default -> throw new FlawedTokenException(Flaw.MALFORMED);
        };
    }

    @Override
    public String toString() {
        return "JsonObject" + members.keySet();
    }
}
