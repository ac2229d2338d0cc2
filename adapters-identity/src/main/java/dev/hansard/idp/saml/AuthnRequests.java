// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests to sign a person in, for the redirect binding (SAML bindings, section 3.4). Safe for any number of
 * threads.
 */
final class AuthnRequests {
    /** SAML bindings, section 3.4.3. */
    static final int RELAY_STATE_BYTES = 80;

    private static final int ID_BYTES = 20; // More than the 128 bits of SAML core, section 1.3.4.
    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private final SamlSettings settings;
    private final URI signOn;
    private final @Nullable PrivateKey key;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Requests to one issuer.
     *
     * @param signOn the issuer's address for the redirect binding
     * @param key what requests are signed with; null for requests without a signature. RSA only, because issuers
     *     disagree on how an ECDSA signature is written in a query
     * @param clock the time of day
     * @param random a source that cannot be guessed
     */
    AuthnRequests(
            SamlSettings settings, URI signOn, @Nullable PrivateKey key, InstantSource clock, RandomGenerator random) {
        if (key != null && !key.getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException("requests must be signed with an RSA key, but the key is of the kind "
                    + key.getAlgorithm() + "; give an RSA key, or none");
        }
        this.settings = settings;
        this.signOn = signOn;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A request on its way.
     *
     * @param id what the answer must name; to be kept with this browser alone
     * @param location where the browser goes
     */
    record Redirect(String id, URI location) {}

    /**
     * A new request.
     *
     * @param relayState comes back with the answer, unprotected; at most {@value #RELAY_STATE_BYTES} bytes. Empty for
     *     none. Make it a random word to look up, never an address
     */
    Redirect next(String relayState) {
        if (relayState.getBytes(StandardCharsets.UTF_8).length > RELAY_STATE_BYTES) {
            throw new IllegalArgumentException("a relay state must have at most " + RELAY_STATE_BYTES + " bytes");
        }
        String id = id();
        String query = "SAMLRequest=" + encoded(Base64.getEncoder().encodeToString(deflated(xml(id))));
        if (!relayState.isEmpty()) {
            query += "&RelayState=" + encoded(relayState);
        }
        if (key != null) {
            query += "&SigAlg=" + encoded(RSA_SHA256);
            query += "&Signature=" + encoded(signature(query, key));
        }
        String separator = signOn.getRawQuery() == null ? "?" : "&";
        return new Redirect(id, URI.create(signOn + separator + query));
    }

    /** An ID must not begin with a digit. */
    private String id() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return "_" + HexFormat.of().formatHex(bytes);
    }

    private String xml(String id) {
        return """
                <samlp:AuthnRequest xmlns:samlp="%s" xmlns:saml="%s" ID="%s" Version="2.0" IssueInstant="%s" \
                Destination="%s" AssertionConsumerServiceURL="%s" ProtocolBinding="%s">\
                <saml:Issuer>%s</saml:Issuer><samlp:NameIDPolicy AllowCreate="true"/></samlp:AuthnRequest>""".formatted(
                        SamlNames.PROTOCOL,
                        SamlNames.ASSERTION,
                        id,
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        escaped(signOn.toString()),
                        escaped(settings.endpoint()),
                        SamlNames.POST,
                        escaped(settings.audience()));
    }

    /** Text for an element or an attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static byte[] deflated(String xml) {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String signature(String query, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(query.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every RSA key signs with SHA-256", e);
        }
    }
}
