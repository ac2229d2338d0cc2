// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.SamlNames.DSIG;
import static dev.hansard.idp.saml.SamlNames.METADATA;

import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.idp.xml.PinnedKeys;
import dev.hansard.idp.xml.StrictXml;
import dev.hansard.idp.xml.UnusableKeyException;
import dev.hansard.idp.xml.XmlElement;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is used of an issuer's metadata. It is trusted because of where it comes from, a file of the operator or an
 * HTTPS address that the operator wrote; a signature in it is not looked at.
 *
 * @param entityId entity id of the issuer
 * @param keys what it signs with
 * @param redirect where browsers are sent with a request in the query; null when it takes none that way
 * @param post where browsers post a request; null when it takes none that way
 * @param wantsSignedRequests whether it says that it wants requests with a signature. No more than that is known:
 *     Keycloak says so always, and takes those without wherever its client is set so
 * @param validUntil when the metadata must no longer be used; null when it does not say
 */
record SamlMetadata(
        String entityId,
        PinnedKeys keys,
        @Nullable URI redirect,
        @Nullable URI post,
        boolean wantsSignedRequests,
        @Nullable Instant validUntil) {
    private static final Set<String> SCHEMES = Set.of("https", "http");

    /**
     * Reads the metadata of one issuer, which may be one of many in the document.
     *
     * @param issuer entity id of the issuer; null to take the only one that there is
     * @param now the time of day
     */
    static SamlMetadata parse(byte[] document, @Nullable String issuer, Instant now) throws UnusableMetadataException {
        try {
            XmlElement root = StrictXml.METADATA.parse(document);
            String entityId = issuer == null ? onlyIssuer(root) : issuer;
            return ofEntity(entity(root, entityId), entityId, earliestEnd(root, entityId, now));
        } catch (FlawedXmlException e) {
            throw new UnusableMetadataException(
                    "is no SAML metadata that can be read: " + e.flaw().word());
        }
    }

    private static SamlMetadata ofEntity(XmlElement entity, String entityId, @Nullable Instant validUntil)
            throws FlawedXmlException, UnusableMetadataException {
        for (XmlElement role : entity.children(METADATA, "IDPSSODescriptor")) {
            String protocols = role.attribute("protocolSupportEnumeration");
            if (protocols != null && List.of(protocols.split("\\s+")).contains(SamlNames.PROTOCOL)) {
                String wants = role.attribute("WantAuthnRequestsSigned");
                return new SamlMetadata(
                        entityId,
                        keys(role),
                        address(role, SamlNames.REDIRECT),
                        address(role, SamlNames.POST),
                        "true".equals(wants) || "1".equals(wants),
                        validUntil);
            }
        }
        throw new UnusableMetadataException("says nothing of '" + entityId
                + "' as a SAML 2.0 identity provider; take the metadata of the identity provider, not of a service");
    }

    private static String onlyIssuer(XmlElement root) throws FlawedXmlException, UnusableMetadataException {
        List<String> found = new ArrayList<>();
        for (XmlElement element : root.all()) {
            boolean isIssuer = element.is(METADATA, "EntityDescriptor")
                    && !element.children(METADATA, "IDPSSODescriptor").isEmpty();
            if (isIssuer) {
                found.add(element.requiredAttribute("entityID"));
            }
        }
        if (found.size() != 1) {
            throw new UnusableMetadataException(
                    "describes " + found.size() + " identity providers; say which one by 'issuer', its entity id");
        }
        return found.getFirst();
    }

    private static XmlElement entity(XmlElement root, String entityId) throws UnusableMetadataException {
        List<String> found = new ArrayList<>();
        XmlElement match = null;
        for (XmlElement element : root.all()) {
            if (!element.is(METADATA, "EntityDescriptor")) {
                continue;
            }
            String id = element.attribute("entityID");
            if (!entityId.equals(id)) {
                found.add("'" + id + "'");
            } else if (match != null) {
                throw new UnusableMetadataException("describes '" + entityId + "' twice; leave one of them out");
            } else {
                match = element;
            }
        }
        if (match == null) {
            String others = found.isEmpty() ? "nobody" : String.join(", ", found.subList(0, Math.min(3, found.size())));
            throw new UnusableMetadataException("must describe '" + entityId + "', but describes " + others
                    + "; write the entity id as it is there, or take the metadata of that issuer");
        }
        return match;
    }

    /** An end holds for all that is in the element. */
    private static @Nullable Instant earliestEnd(XmlElement root, String entityId, Instant now)
            throws FlawedXmlException, UnusableMetadataException {
        Instant earliest = null;
        for (XmlElement element : root.all()) {
            String end = element.attribute("validUntil");
            if (end == null || !element.all().stream().anyMatch(inside -> isOf(inside, entityId))) {
                continue;
            }
            Instant until = Validity.parse(end);
            if (!until.isAfter(now)) {
                throw new UnusableMetadataException("was valid until " + until + "; fetch it again from the issuer");
            }
            earliest = earliest == null || until.isBefore(earliest) ? until : earliest;
        }
        return earliest;
    }

    private static boolean isOf(XmlElement element, String entityId) {
        return element.is(METADATA, "EntityDescriptor") && entityId.equals(element.attribute("entityID"));
    }

    private static PinnedKeys keys(XmlElement role) throws FlawedXmlException, UnusableMetadataException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (XmlElement descriptor : role.children(METADATA, "KeyDescriptor")) {
            String use = descriptor.attribute("use");
            if (use == null || use.equals("signing")) {
                for (XmlElement element : descriptor.all()) {
                    if (element.is(DSIG, "X509Certificate")) {
                        certificates.add(certificate(element.text()));
                    }
                }
            }
        }
        try {
            return PinnedKeys.of(certificates);
        } catch (UnusableKeyException e) {
            throw new UnusableMetadataException("has a signing key that " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UnusableMetadataException("cannot be used, for " + e.getMessage());
        }
    }

    private static X509Certificate certificate(String base64) throws UnusableMetadataException {
        try {
            byte[] der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException | CertificateException _) {
            throw new UnusableMetadataException("has a signing certificate that cannot be read; fetch it again");
        }
    }

    private static @Nullable URI address(XmlElement role, String binding)
            throws FlawedXmlException, UnusableMetadataException {
        for (XmlElement service : role.children(METADATA, "SingleSignOnService")) {
            if (binding.equals(service.attribute("Binding"))) {
                return address(service.requiredAttribute("Location"));
            }
        }
        return null;
    }

    /** Browsers are sent there, so that a script must not pass for an address. */
    private static URI address(String location) throws UnusableMetadataException {
        try {
            var address = new URI(location);
            String scheme = address.getScheme();
            if (scheme != null && SCHEMES.contains(scheme) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException _) {
            // The same as any other address that is none.
        }
        throw new UnusableMetadataException(
                "must sign people in at an http or https address, but does so at '" + location + "'");
    }
}
