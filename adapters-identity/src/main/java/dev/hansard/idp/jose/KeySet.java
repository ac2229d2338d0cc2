// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer publishes (RFC 7517 section 5), without those that must not be used. Never empty: a set
 * without a usable key is refused as a whole, for it is more likely a mistake than a message. So is one that gives two
 * keys one name. Immutable.
 */
public final class KeySet {
    /** More than anybody publishes; each costs work to read. */
    private static final int MOST_KEYS = 100;

    private static final int DEEPEST = 8;
    private static final Pattern PRINTABLE = Pattern.compile("[\\w.:/+=@-]{1,64}");

    private final Map<String, VerificationKey> byId;
    private final List<VerificationKey> keys;
    private final List<String> leftOut;

    private KeySet(Map<String, VerificationKey> byId, List<VerificationKey> keys, List<String> leftOut) {
        this.byId = byId;
        this.keys = List.copyOf(keys);
        this.leftOut = List.copyOf(leftOut);
    }

    /** Reads a JWK set. The message of the exception follows the words "the key set". */
    public static KeySet parse(byte[] json) throws UnusableKeyException {
        List<JsonObject> published = published(json);
        requireDistinctNames(published);
        Map<String, VerificationKey> byId = new HashMap<>();
        List<VerificationKey> keys = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (int index = 0; index < published.size(); index++) {
            JsonObject jwk = published.get(index);
            try {
                VerificationKey key = readable(jwk) ? VerificationKey.parse(jwk) : null;
                if (key != null) {
                    keys.add(key);
                    if (key.id() != null) {
                        byId.put(key.id(), key);
                    }
                }
            } catch (UnusableKeyException e) {
                leftOut.add("key " + nameOf(jwk, index) + " " + e.getMessage());
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableKeyException("has no key that can be used" + because(leftOut));
        }
        return new KeySet(byId, keys, leftOut);
    }

    private static List<JsonObject> published(byte[] json) throws UnusableKeyException {
        try {
            Object keys = StrictJson.object(json, DEEPEST).value("keys");
            if (!(keys instanceof List<?> list) || list.size() > MOST_KEYS) {
                throw new UnusableKeyException("has no list of at most " + MOST_KEYS + " 'keys'");
            }
            List<JsonObject> published = new ArrayList<>();
            for (Object key : list) {
                if (!(key instanceof JsonObject jwk)) {
                    throw new UnusableKeyException("has an element of 'keys' that is no object");
                }
                published.add(jwk);
            }
            return published;
        } catch (FlawedTokenException _) {
            throw new UnusableKeyException("is no JSON object in UTF-8 without duplicate names");
        }
    }

    private static void requireDistinctNames(List<JsonObject> published) throws UnusableKeyException {
        Set<Object> seen = new HashSet<>();
        for (int index = 0; index < published.size(); index++) {
            Object id = published.get(index).value("kid");
            if (id != null && !seen.add(id)) {
                throw new UnusableKeyException("has two keys with the id " + nameOf(published.get(index), index));
            }
        }
    }

    /** Keys for encryption and of types yet to come lie in many sets and are no reason to complain. */
    private static boolean readable(JsonObject jwk) throws UnusableKeyException {
        try {
            return !VerificationKey.isForAnotherUse(jwk);
        } catch (FlawedTokenException _) {
            throw new UnusableKeyException("has a member that is not of its type");
        }
    }

    private static String nameOf(JsonObject jwk, int index) {
        return jwk.value("kid") instanceof String id && PRINTABLE.matcher(id).matches()
                ? "'" + id + "'"
                : "at index " + index;
    }

    private static String because(List<String> leftOut) {
        return leftOut.isEmpty() ? "" : ": " + String.join("; ", leftOut);
    }

    /**
     * The key of that name. A token that names none gets the only key that verifies by its algorithm; where there are
     * two, nobody guesses.
     */
    public @Nullable VerificationKey find(@Nullable String id, SignatureAlgorithm algorithm) {
        if (id != null) {
            return byId.get(id);
        }
        List<VerificationKey> fitting =
                keys.stream().filter(key -> key.verifiesBy(algorithm)).toList();
        return fitting.size() == 1 ? fitting.getFirst() : null;
    }

    /** What was left out although it was meant for signatures, and why; each a clause about a key. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** Whether another set verifies exactly what this one does. */
    public boolean isSameAs(KeySet other) {
        return marks().equals(other.marks());
    }

    private Set<String> marks() {
        return keys.stream()
                .map(key -> key.id() + " " + key.thumbprint() + " "
                        + key.algorithms().stream().sorted().toList())
                .collect(Collectors.toUnmodifiableSet());
    }
}
