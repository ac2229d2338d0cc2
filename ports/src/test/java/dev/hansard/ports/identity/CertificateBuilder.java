// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes certificates for tests, good and hostile, each with a new key on P-256. */
public final class CertificateBuilder {
    private static final String ECDSA_SHA256 = "2a8648ce3d040302";
    private static final String COMMON_NAME = "550403";
    private static final String ORGANIZATIONAL_UNIT = "55040b";
    private static final String SUBJECT_ALT_NAME = "551d11";
    private static final String BASIC_CONSTRAINTS = "551d13";
    private static final String KEY_USAGE = "551d0f";
    private static final String EXTENDED_KEY_USAGE = "551d25";
    private static final int DNS = 0x82;
    private static final int URI = 0x86;
    private static final int ADDRESS = 0x87;
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final List<byte[]> subject = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private final List<byte[]> extensions = new ArrayList<>();
    private Instant from = Instant.now().minus(Duration.ofHours(1));
    private Instant until = Instant.now().plus(Duration.ofHours(24));
    private @Nullable Issued issuer;

    /** A certificate with its key. */
    public record Issued(X509Certificate certificate, PrivateKey key) {}

    private CertificateBuilder() {}

    public static CertificateBuilder aCertificate() {
        return new CertificateBuilder();
    }

    /** A certificate authority of that name. */
    public static Issued anAuthority(String commonName) {
        return aCertificate().commonName(commonName).authority().keyUsage(0x06).issue();
    }

    public CertificateBuilder commonName(String name) {
        return attribute(COMMON_NAME, Der.utf8(name));
    }

    public CertificateBuilder unit(String name) {
        return attribute(ORGANIZATIONAL_UNIT, Der.utf8(name));
    }

    /** An attribute of the subject, by its encoded type and value. */
    public CertificateBuilder attribute(String oid, byte[] value) {
        subject.add(Der.set(Der.sequence(Der.oid(oid), value)));
        return this;
    }

    public CertificateBuilder uri(String name) {
        return name(URI, name.getBytes(StandardCharsets.UTF_8));
    }

    public CertificateBuilder dns(String name) {
        return name(DNS, name.getBytes(StandardCharsets.UTF_8));
    }

    public CertificateBuilder address(byte[] address) {
        return name(ADDRESS, address);
    }

    /** An alternative name, by its tag and content. */
    public CertificateBuilder name(int tag, byte[] content) {
        names.add(Der.tagged(tag, content));
        return this;
    }

    /** One that may issue others. */
    public CertificateBuilder authority() {
        return extension(BASIC_CONSTRAINTS, Der.sequence(Der.truth(true)));
    }

    /** The bits of RFC 5280 section 4.2.1.3: 0x80 signs, 0x04 signs certificates, 0x02 signs revocation lists. */
    public CertificateBuilder keyUsage(int bits) {
        return extension(KEY_USAGE, Der.tagged(0x03, new byte[] {0, (byte) bits}));
    }

    public CertificateBuilder forClients() {
        return purpose("2b06010505070302");
    }

    public CertificateBuilder forServers() {
        return purpose("2b06010505070301");
    }

    private CertificateBuilder purpose(String oid) {
        return extension(EXTENDED_KEY_USAGE, Der.sequence(Der.oid(oid)));
    }

    private CertificateBuilder extension(String oid, byte[] content) {
        extensions.add(Der.sequence(Der.oid(oid), Der.truth(true), Der.octets(content)));
        return this;
    }

    public CertificateBuilder valid(Instant beginning, Instant end) {
        this.from = beginning;
        this.until = end;
        return this;
    }

    /** Signed by that one; left out, by itself. */
    public CertificateBuilder by(Issued authority) {
        this.issuer = authority;
        return this;
    }

    public Issued issue() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
            byte[] content = content(pair, algorithm);
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(issuer == null ? pair.getPrivate() : issuer.key());
            signer.update(content);
            byte[] encoded = Der.sequence(content, algorithm, Der.bits(signer.sign()));
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return new Issued(certificate, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make a certificate", e);
        }
    }

    private byte[] content(KeyPair pair, byte[] algorithm) {
        byte[] name = Der.sequence(subject.toArray(new byte[0][]));
        byte[] issuerName = issuer == null
                ? name
                : issuer.certificate().getSubjectX500Principal().getEncoded();
        byte[] validity = Der.sequence(Der.utcTime(UTC_TIME.format(from)), Der.utcTime(UTC_TIME.format(until)));
        var all = new ArrayList<byte[]>(extensions);
        if (!names.isEmpty()) {
            // Critical where the subject is empty (RFC 5280 section 4.2.1.6).
            byte[] oid = Der.oid(SUBJECT_ALT_NAME);
            byte[] list = Der.octets(Der.sequence(names.toArray(new byte[0][])));
            all.add(subject.isEmpty() ? Der.sequence(oid, Der.truth(true), list) : Der.sequence(oid, list));
        }
        byte[] serial = Der.integer(new SecureRandom().nextLong() >>> 1);
        byte[] begin = Der.tagged(0xa0, Der.integer(2));
        byte[] key = pair.getPublic().getEncoded();
        return all.isEmpty()
                ? Der.sequence(begin, serial, algorithm, issuerName, validity, name, key)
                : Der.sequence(
                        begin,
                        serial,
                        algorithm,
                        issuerName,
                        validity,
                        name,
                        key,
                        Der.tagged(0xa3, Der.sequence(all.toArray(new byte[0][]))));
    }
}
