// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Refusals;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.identity.TokenGrant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The providers of one listener, asked in the order written until one recognises or refuses. A provider that fails is
 * one that refuses: whoever it would have recognised must not become somebody else by another provider (S5). Safe for
 * any number of threads.
 */
public final class IdentityChain {
    /** How many different reasons are counted apart; a provider with more has them counted as "other". */
    static final int MOST_REASONS = 256;

    private static final String NOBODY = "no_provider_recognised";
    private static final String FOREIGN = "token_of_no_provider";
    private static final String OTHER = "other";
    private static final List<String> TOKEN_SCHEMES = List.of("Bearer ", "DPoP ");

    private final List<IdentityProvider> providers;
    private final Refusals audit;
    private final Refused unrecognised;
    private final Refused foreignToken;
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();

    /** A chain of these; of none, every caller is anonymous, which is for a listener on loopback only. */
    public IdentityChain(List<IdentityProvider> providers) {
        this(providers, Refusals.UNHEARD);
    }

    /**
     * The same.
     *
     * @param audit hears of each refusal
     */
    public IdentityChain(List<IdentityProvider> providers, Refusals audit) {
        this.audit = audit;
        this.providers = List.copyOf(providers);
        List<String> challenges = providers.stream()
                .flatMap(provider -> provider.challenges().stream())
                .distinct()
                .toList();
        this.unrecognised = new Refused(
                unauthorized(
                        "unauthenticated",
                        "No identity provider of this listener recognised the caller; send a credential that one takes.",
                        challenges),
                NOBODY);
        this.foreignToken = new Refused(
                unauthorized(
                        "invalid_token",
                        "The access token was not accepted.",
                        challenges.stream().map(IdentityChain::withError).toList()),
                FOREIGN);
    }

    /** A challenge that tells whoever came with a token that it is not good here (RFC 6750 section 3.1). */
    private static String withError(String challenge) {
        boolean asksForToken =
                TOKEN_SCHEMES.stream().anyMatch(scheme -> challenge.regionMatches(true, 0, scheme, 0, scheme.length()));
        return asksForToken ? challenge + ", error=\"invalid_token\"" : challenge;
    }

    private static Refusal unauthorized(String code, String detail, List<String> challenges) {
        List<Field> fields = challenges.stream()
                .map(challenge -> new Field("WWW-Authenticate", challenge))
                .toList();
        return new Refusal(401, code, detail, fields);
    }

    /** What the providers give tokens for, in the order in which they are asked. */
    List<TokenGrant> grants() {
        return providers.stream()
                .map(IdentityProvider::tokenGrant)
                .<TokenGrant>mapMulti((grant, found) -> {
                    if (grant != null) {
                        found.accept(grant);
                    }
                })
                .toList();
    }

    /** Who calls, or how the call is refused. */
    public Identification identify(Presented presented) {
        if (providers.isEmpty()) {
            return new Recognised(Caller.ANONYMOUS, Set.of());
        }
        Identification said = identifyOrPass(presented);
        return said instanceof NotMine ? unrecognised(presented) : said;
    }

    /** As {@link #identify}, but says so when there was nothing that one of the providers looks at. */
    Identification identifyOrPass(Presented presented) {
        for (IdentityProvider provider : providers) {
            Identification said = ask(provider, presented);
            switch (said) {
                case Recognised recognised -> {
                    return recognised;
                }
                case Refused refused -> {
                    return counted(refused, presented);
                }
                case NotMine _ -> {}
            }
        }
        return NotMine.NOT_MINE;
    }

    /** The answer to a call in which there was nothing that a provider looks at; it is counted. */
    Refused unrecognised(Presented presented) {
        Refused refused = showsToken(presented) ? foreignToken : unrecognised;
        counted(refused, presented);
        return refused;
    }

    private static boolean showsToken(Presented presented) {
        Fields fields = presented.head().fields();
        int at = fields.find("authorization", 0);
        String value = at < 0 ? "" : fields.value(at);
        return TOKEN_SCHEMES.stream().anyMatch(scheme -> value.regionMatches(true, 0, scheme, 0, scheme.length()));
    }

    @SuppressWarnings("CatchingUnchecked") // A plugin may throw anything; that must never let a call through.
    private static Identification ask(IdentityProvider provider, Presented presented) {
        try {
            // Null is no answer of ours, but a plugin may be compiled without a check.
            return Objects.requireNonNull(provider.identify(presented));
        } catch (RuntimeException | LinkageError | StackOverflowError _) {
            return Refused.unavailable("provider_failed");
        }
    }

    private Identification counted(Refused refused, Presented presented) {
        String reason =
                refusals.size() < MOST_REASONS || refusals.containsKey(refused.reason()) ? refused.reason() : OTHER;
        refusals.computeIfAbsent(reason, _ -> new LongAdder()).increment();
        audit.refused(
                presented.arrival().listener(), reason, presented.arrival().callerAddress());
        return refused;
    }

    /** How many calls were refused, by reason, since the start. */
    public Map<String, Long> refusals() {
        var counts = new TreeMap<String, Long>();
        refusals.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
