// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates that a peer authenticated a connection with. */
public final class PeerChain {
    /** No chain of certificates is followed further. */
    private static final int LONGEST = 10;

    private PeerChain() {}

    /**
     * What of the certificates shown in a handshake that succeeded is proved: the first one, and each further one that
     * signed the one before. A peer may send anything after them, which says nothing about it.
     */
    public static List<X509Certificate> proved(Certificate... shown) {
        var chain = new ArrayList<X509Certificate>();
        for (Certificate certificate : shown) {
            boolean goesOn = certificate instanceof X509Certificate next
                    && chain.size() < LONGEST
                    && (chain.isEmpty() || signed(next, chain.getLast()));
            if (!goesOn) {
                break;
            }
            chain.add((X509Certificate) certificate);
        }
        return List.copyOf(chain);
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
