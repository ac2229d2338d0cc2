// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The few signatures that are verified, of the many that XML Signature can express: over one element, which they are
 * in, and without a program in them. It is looked at before the library sees anything, and it is a closed list:
 * whatever is not named here is refused. Algorithms are those of RFC 9231, from SHA-256 upwards and asymmetric.
 */
final class SignatureProfile {
    static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";

    private static final String ENVELOPED = DSIG + "enveloped-signature";
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String ENC = "http://www.w3.org/2001/04/xmlenc#";

    /** To the kind of key that each needs. */
    private static final Map<String, String> SIGNATURES = Map.of(
            MORE + "rsa-sha256", "RSA",
            MORE + "rsa-sha384", "RSA",
            MORE + "rsa-sha512", "RSA",
            MORE + "ecdsa-sha256", "EC",
            MORE + "ecdsa-sha384", "EC",
            MORE + "ecdsa-sha512", "EC");

    private static final Set<String> DIGESTS = Set.of(ENC + "sha256", MORE + "sha384", ENC + "sha512");

    /** Without the second, XML Signature means inclusive canonicalisation, which is as sound. */
    private static final List<List<String>> TRANSFORMS = List.of(List.of(ENVELOPED, EXCLUSIVE), List.of(ENVELOPED));

    private SignatureProfile() {}

    /**
     * The kind of key that the signature was made with.
     *
     * @param id of the element that it must cover
     */
    static String requireIn(XmlElement signature, String id) throws FlawedXmlException {
        List<XmlElement> parts = signature.children();
        if (parts.size() == 3) {
            requireNamed(parts, "SignedInfo", "SignatureValue", "KeyInfo");
        } else {
            requireNamed(parts, "SignedInfo", "SignatureValue");
        }
        requireBase64(parts.get(1));
        return requireSignedInfo(parts.getFirst(), id);
    }

    private static String requireSignedInfo(XmlElement signedInfo, String id) throws FlawedXmlException {
        List<XmlElement> parts = signedInfo.children();
        long references =
                parts.stream().filter(part -> part.is(DSIG, "Reference")).count();
        if (references != 1) {
            throw new FlawedXmlException(Flaw.WRONG_REFERENCE);
        }
        requireNamed(parts, "CanonicalizationMethod", "SignatureMethod", "Reference");
        requireAlgorithm(parts.getFirst(), Set.of(EXCLUSIVE));
        requireOnlyPrefixes(parts.getFirst());
        String method = requireAlgorithm(parts.get(1), SIGNATURES.keySet());
        requireNoChild(parts.get(1));
        requireReference(parts.get(2), id);
        return SIGNATURES.getOrDefault(method, "");
    }

    private static void requireReference(XmlElement reference, String id) throws FlawedXmlException {
        if (!("#" + id).equals(reference.attribute("URI"))) {
            throw new FlawedXmlException(Flaw.WRONG_REFERENCE);
        }
        List<XmlElement> parts = reference.children();
        if (parts.isEmpty() || !parts.getFirst().is(DSIG, "Transforms")) {
            throw new FlawedXmlException(Flaw.FORBIDDEN_TRANSFORM); // The digest would cover the signature itself.
        }
        requireNamed(parts, "Transforms", "DigestMethod", "DigestValue");
        requireTransforms(parts.getFirst().children());
        requireAlgorithm(parts.get(1), DIGESTS);
        requireNoChild(parts.get(1));
        requireBase64(parts.get(2));
    }

    private static void requireTransforms(List<XmlElement> transforms) throws FlawedXmlException {
        List<String> algorithms = transforms.stream()
                .map(transform -> transform.is(DSIG, "Transform") ? transform.attribute("Algorithm") : null)
                .map(SignatureProfile::orEmpty)
                .collect(Collectors.toList());
        if (!TRANSFORMS.contains(algorithms)) {
            throw new FlawedXmlException(Flaw.FORBIDDEN_TRANSFORM);
        }
        requireNoChild(transforms.getFirst());
        if (transforms.size() > 1) {
            requireOnlyPrefixes(transforms.get(1));
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String requireAlgorithm(XmlElement method, Set<String> allowed) throws FlawedXmlException {
        String algorithm = orEmpty(method.attribute("Algorithm"));
        if (!allowed.contains(algorithm)) {
            throw new FlawedXmlException(Flaw.FORBIDDEN_ALGORITHM);
        }
        return algorithm;
    }

    /** Exclusive canonicalisation may name prefixes that it shall treat as inclusive canonicalisation does. */
    private static void requireOnlyPrefixes(XmlElement method) throws FlawedXmlException {
        List<XmlElement> children = method.children();
        if (children.size() > 1) {
            throw new FlawedXmlException(Flaw.MALFORMED_SIGNATURE);
        }
        for (XmlElement child : children) {
            if (!child.is(EXCLUSIVE, "InclusiveNamespaces")) {
                throw new FlawedXmlException(Flaw.MALFORMED_SIGNATURE);
            }
            requireNoChild(child);
            child.requiredAttribute("PrefixList");
        }
    }

    private static void requireNoChild(XmlElement element) throws FlawedXmlException {
        if (!element.children().isEmpty()) {
            throw new FlawedXmlException(Flaw.MALFORMED_SIGNATURE);
        }
    }

    private static void requireNamed(List<XmlElement> elements, String... names) throws FlawedXmlException {
        boolean same = elements.size() == names.length;
        for (int i = 0; same && i < names.length; i++) {
            same = elements.get(i).is(DSIG, names[i]);
        }
        if (!same) {
            throw new FlawedXmlException(Flaw.MALFORMED_SIGNATURE);
        }
    }

    /** With the white space that XML Signature allows in it; the library would pass over other letters, too. */
    private static void requireBase64(XmlElement value) throws FlawedXmlException {
        try {
            byte[] bytes = Base64.getDecoder().decode(value.text().replaceAll("[ \t\r\n]", ""));
            if (bytes.length == 0) {
                throw new FlawedXmlException(Flaw.MALFORMED_SIGNATURE);
            }
        } catch (IllegalArgumentException _) {
            throw new FlawedXmlException(Flaw.MALFORMED_SIGNATURE);
        }
    }
}
