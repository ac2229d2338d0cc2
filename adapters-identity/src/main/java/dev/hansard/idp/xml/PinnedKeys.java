// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The keys of an issuer, known beforehand from its metadata; no message adds to them. More than one, because an issuer
 * changes its keys with an overlap.
 *
 * @param keys at least one and at most {@value #MOST}
 */
public record PinnedKeys(List<PublicKey> keys) {
    /** Each of them may have to be tried. */
    static final int MOST = 16;

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192; // A verification with more takes milliseconds.
    private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);

    public PinnedKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MOST) {
            throw new IllegalArgumentException(
                    "an issuer must have 1 to " + MOST + " signing keys, but has " + keys.size());
        }
    }

    /**
     * The keys of certificates, as they are. Who signed a certificate and until when does not matter, for it was chosen
     * by whoever chose the metadata (SAML V2.0 Metadata Interoperability Profile, section 2.6.1).
     */
    public static PinnedKeys of(Collection<X509Certificate> certificates) throws UnusableKeyException {
        List<PublicKey> keys = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            keys.add(usable(certificate.getPublicKey()));
        }
        return new PinnedKeys(keys);
    }

    /** The key itself, if it is strong enough and of a kind that is verified with. */
    public static PublicKey usable(PublicKey key) throws UnusableKeyException {
        switch (key) {
            case RSAPublicKey rsa -> requireBits(rsa.getModulus().bitLength());
            case ECPublicKey ec -> requireCurve(ec.getParams().getOrder().bitLength());
            default ->
                throw new UnusableKeyException(
                        "is of the kind " + key.getAlgorithm() + ", but only RSA and EC are verified with");
        }
        return key;
    }

    private static void requireBits(int bits) throws UnusableKeyException {
        if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw new UnusableKeyException("has " + bits + " bits, but an RSA key must have " + LEAST_RSA_BITS + " to "
                    + MOST_RSA_BITS + "; let the issuer make a new one");
        }
    }

    private static void requireCurve(int bits) throws UnusableKeyException {
        if (!CURVE_BITS.contains(bits)) {
            throw new UnusableKeyException("is on a curve of " + bits + " bits, but must be on P-256, P-384 or P-521");
        }
    }

    /** Those that a signature of that kind can be made with. */
    List<PublicKey> ofKind(String kind) {
        return keys.stream().filter(key -> key.getAlgorithm().equals(kind)).toList();
    }
}
