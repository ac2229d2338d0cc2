// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alternative names of a certificate's subject (RFC 5280 section 4.2.1.6), of the kinds that name callers.
 *
 * @param uris in the order written
 * @param hosts DNS names in the order written
 */
record AlternativeNames(List<String> uris, List<String> hosts) {
    private static final String EXTENSION = "2.5.29.17";
    private static final Integer DNS = 2;
    private static final Integer URI = 6;

    AlternativeNames {
        uris = List.copyOf(uris);
        hosts = List.copyOf(hosts);
    }

    /** Those of a certificate; null when it has some that cannot be read. */
    static @Nullable AlternativeNames of(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException _) {
            return null;
        }
        if (names == null) {
            // The JDK says the same of names that it cannot read as of none.
            boolean isUnreadable = certificate.getExtensionValue(EXTENSION) != null;
            return isUnreadable ? null : new AlternativeNames(List.of(), List.of());
        }
        var uris = new ArrayList<String>();
        var hosts = new ArrayList<String>();
        for (List<?> name : names) {
            if (name.size() >= 2 && name.get(1) instanceof String text) {
                if (URI.equals(name.getFirst())) {
                    uris.add(text);
                } else if (DNS.equals(name.getFirst())) {
                    hosts.add(text);
                }
            }
        }
        return new AlternativeNames(uris, hosts);
    }
}
