// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.XMLConstants;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import javax.xml.crypto.dsig.spec.XSLTTransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * How an issuer signs, rightly or wrongly: whatever XML Signature can express is done, so that only our rules can be
 * what refuses it.
 *
 * @param keys what it signs with
 * @param method algorithm of the signature
 * @param digest algorithm of the digest
 * @param canonical canonicalisation of the signed information
 * @param transforms algorithms, in order
 * @param uri what is referred to; null for the element itself
 */
public record Signing(
        KeyPair keys,
        String method,
        String digest,
        String canonical,
        List<String> transforms,
        @Nullable String uri) {
    public static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    public static final String EC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    public static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");
    private static final KeyPair RSA = made("RSA", 2048);
    private static final KeyPair EC = made("EC", 256);

    public static Signing rsa() {
        return new Signing(
                RSA, RSA_SHA256, DigestMethod.SHA256, EXCLUSIVE, List.of(Transform.ENVELOPED, EXCLUSIVE), null);
    }

    public static Signing ec() {
        return new Signing(
                EC, EC_SHA256, DigestMethod.SHA256, EXCLUSIVE, List.of(Transform.ENVELOPED, EXCLUSIVE), null);
    }

    /** What our side knows: both keys. */
    public static PinnedKeys pinned() {
        return new PinnedKeys(List.of(RSA.getPublic(), EC.getPublic()));
    }

    public static KeyPair made(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Signing with(KeyPair others) {
        return new Signing(others, method, digest, canonical, transforms, uri);
    }

    public Signing withMethod(String other) {
        return new Signing(keys, other, digest, canonical, transforms, uri);
    }

    public Signing withDigest(String other) {
        return new Signing(keys, method, other, canonical, transforms, uri);
    }

    public Signing withCanonical(String other) {
        return new Signing(keys, method, digest, other, transforms, uri);
    }

    public Signing withTransforms(String... others) {
        return new Signing(keys, method, digest, canonical, List.of(others), uri);
    }

    public Signing withUri(String other) {
        return new Signing(keys, method, digest, canonical, transforms, other);
    }

    /** The document, with a signature behind the issuer of the first element of that name. */
    public String sign(String xml, String name) {
        Document document = parse(xml);
        Element element = first(document, name);
        element.setIdAttributeNS(null, "ID", true);
        Node first = element.getFirstChild();
        while (first.getNodeType() == Node.TEXT_NODE) {
            first = first.getNextSibling();
        }
        Node place = "Issuer".equals(first.getLocalName()) ? first.getNextSibling() : first;
        try {
            var context = new DOMSignContext(signingKey(), element, place);
            context.setProperty("org.jcp.xml.dsig.secureValidation", false);
            context.setDefaultNamespacePrefix("ds");
            List<Transform> chain = new ArrayList<>();
            for (String transform : transforms) {
                chain.add(FACTORY.newTransform(transform, parameters(transform)));
            }
            String to = uri == null ? "#" + element.getAttribute("ID") : uri;
            var reference = FACTORY.newReference(to, FACTORY.newDigestMethod(digest, null), chain, null, null);
            var info = FACTORY.newSignedInfo(
                    FACTORY.newCanonicalizationMethod(canonical, (C14NMethodParameterSpec) null),
                    FACTORY.newSignatureMethod(method, null),
                    List.of(reference));
            FACTORY.newXMLSignature(info, keyInfo()).sign(context);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return print(document);
    }

    private Key signingKey() {
        boolean shared = method.contains("hmac");
        return shared ? new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256") : keys.getPrivate();
    }

    private @Nullable KeyInfo keyInfo() throws GeneralSecurityException {
        PublicKey key = keys.getPublic();
        var factory = FACTORY.getKeyInfoFactory();
        try {
            return factory.newKeyInfo(List.of(factory.newKeyValue(key)));
        } catch (KeyException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static @Nullable TransformParameterSpec parameters(String transform) {
        return switch (transform) {
            case Transform.XPATH -> new XPathFilterParameterSpec("true()");
            case Transform.XSLT ->
                new XSLTTransformParameterSpec(new DOMStructure(parse("""
                    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">\
                    <xsl:template match="/"><xsl:copy-of select="."/></xsl:template></xsl:stylesheet>""").getDocumentElement()));
            default -> null;
        };
    }

    public static Element first(Document document, String name) {
        return (Element) document.getElementsByTagNameNS("*", name).item(0);
    }

    public static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static String print(Document document) {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var text = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
