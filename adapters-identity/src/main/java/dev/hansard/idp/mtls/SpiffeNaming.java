// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import dev.hansard.idp.mtls.Naming.Named.Flawed;
import dev.hansard.idp.mtls.Naming.Named.Nobody;
import dev.hansard.idp.mtls.Naming.Named.Subject;
import dev.hansard.ports.identity.Caller;
import java.security.cert.X509Certificate;

/**
 * By the SPIFFE ID of a workload of one trust domain, as the X509-SVID standard sections 2, 4 and 5.2 say: one URI name
 * and no more, and a certificate that cannot issue others. One of another trust domain is another provider's.
 */
record SpiffeNaming(String trustDomain) implements Naming {
    private static final int SIGNS_CERTIFICATES = 5;
    private static final int SIGNS_REVOCATIONS = 6;

    @Override
    public Named name(X509Certificate certificate) {
        AlternativeNames names = AlternativeNames.of(certificate);
        if (names == null) {
            return new Flawed("unreadable_names");
        }
        if (names.uris().stream().noneMatch(SpiffeId::isMeantBy)) {
            return Nobody.NOBODY;
        }
        if (names.uris().size() > 1) {
            return new Flawed("several_uris");
        }
        SpiffeId id = SpiffeId.parse(names.uris().getFirst());
        if (id == null) {
            return new Flawed("invalid_spiffe_id");
        }
        if (!id.trustDomain().equals(trustDomain)) {
            return Nobody.NOBODY;
        }
        if (id.path().isEmpty() || mayIssue(certificate)) {
            return new Flawed("not_a_workload");
        }
        String text = id.toString();
        return text.length() > Caller.LONGEST_SUBJECT ? new Flawed("name_too_long") : new Subject(text);
    }

    private static boolean mayIssue(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        boolean signs = usage != null && (usage[SIGNS_CERTIFICATES] || usage[SIGNS_REVOCATIONS]);
        return signs || certificate.getBasicConstraints() >= 0;
    }
}
