// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.Surroundings;

/** Makes providers of type {@code mtls}: callers that authenticate the connection with a TLS client certificate. */
public final class MtlsProviderFactory implements IdentityProviderFactory {
    private static final String SUBJECT = "subject";
    private static final String TRUST_DOMAIN = "trust-domain";
    private static final String DNS_NAMES = "dns-names";
    private static final String GROUPS = "groups";

    @Override
    public String type() {
        return "mtls";
    }

    @Override
    public IdentityProvider create(Options options, Surroundings surroundings) {
        return new MtlsProvider(options.name(), naming(options), takesUnits(options), surroundings.wall());
    }

    // A key of another way of naming is not asked for, and so is reported as unknown.
    private static Naming naming(Options options) {
        return switch (options.text(SUBJECT, "spiffe-id")) {
            case "spiffe-id" -> new SpiffeNaming(trustDomain(options));
            case "dns" -> new DnsNaming(takesFirst(options));
            case "subject-dn" -> new DistinguishedNaming();
            default -> throw options.misfit(SUBJECT, "'spiffe-id', 'dns' or 'subject-dn'");
        };
    }

    private static String trustDomain(Options options) {
        String trustDomain = options.text(TRUST_DOMAIN);
        if (!SpiffeId.isTrustDomain(trustDomain)) {
            throw options.misfit(
                    TRUST_DOMAIN,
                    "the name of a trust domain, such as 'prod.example.com': a-z 0-9 . - _ and no scheme");
        }
        return trustDomain;
    }

    private static boolean takesFirst(Options options) {
        return switch (options.text(DNS_NAMES, "one")) {
            case "one" -> false;
            case "first" -> true;
            default -> throw options.misfit(DNS_NAMES, "'one' or 'first'");
        };
    }

    private static boolean takesUnits(Options options) {
        return switch (options.text(GROUPS, "none")) {
            case "none" -> false;
            case "ou" -> true;
            default -> throw options.misfit(GROUPS, "'none' or 'ou'");
        };
    }
}
