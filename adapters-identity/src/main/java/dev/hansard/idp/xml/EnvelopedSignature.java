// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

import java.io.IOException;
import java.io.InputStream;
import java.security.NoSuchProviderException;
import java.security.PublicKey;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.URIReferenceException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The signature in an element, over that element.
 *
 * <p>The attacks on signed XML all have one form: one part of the program verifies one element, and another part reads
 * another. So nothing is read from the document that came. The library is told to keep the octets that it digested;
 * once digest and signature are right, those octets are parsed again, and only that second document leaves this class.
 * It has no signature, no neighbours and no surroundings that anybody could have added.
 *
 * <p>Everything by which a signature could choose how it is verified is taken away before: {@link SignatureProfile} is
 * a closed list, the key comes from {@link PinnedKeys}, and {@code KeyInfo} is not even shown to the library. The
 * library is the JDK's, asked for by name, with its secure validation on.
 */
public final class EnvelopedSignature {
    private final XmlElement covered;
    private final XmlElement signature;

    private EnvelopedSignature(XmlElement covered, XmlElement signature) {
        this.covered = covered;
        this.signature = signature;
    }

    /** The signature directly in an element; null when there is none. */
    public static @Nullable EnvelopedSignature in(XmlElement covered) throws FlawedXmlException {
        List<XmlElement> signatures = covered.children(SignatureProfile.DSIG, "Signature");
        if (signatures.size() > 1) {
            throw new FlawedXmlException(Flaw.MISPLACED_SIGNATURE);
        }
        return signatures.isEmpty() ? null : new EnvelopedSignature(covered, signatures.getFirst());
    }

    /** Refuses signatures in other places than directly in one of these elements. */
    public static void requireOnlyIn(List<XmlElement> places, XmlElement root) throws FlawedXmlException {
        for (XmlElement element : root.all()) {
            boolean placed = !element.name().equals("Signature")
                    || (element.is(SignatureProfile.DSIG, "Signature")
                            && places.stream().anyMatch(place -> place.isParentOf(element)));
            if (!placed) {
                throw new FlawedXmlException(Flaw.MISPLACED_SIGNATURE);
            }
        }
    }

    /** What was signed, read from the octets that were digested. */
    public XmlElement verify(PinnedKeys pinned) throws FlawedXmlException {
        String id = covered.requiredAttribute("ID");
        String kind = SignatureProfile.requireIn(signature, id);
        byte[] digested = withoutKeyInfo(id, pinned.ofKind(kind));
        XmlElement signed = StrictXml.MESSAGE.parse(digested);
        String namespace = covered.namespace();
        boolean same = namespace != null && signed.is(namespace, covered.name()) && id.equals(signed.attribute("ID"));
        if (!same) {
            throw new FlawedXmlException(Flaw.WRONG_REFERENCE);
        }
        return signed;
    }

    /** It is put back, because another signature may cover it. */
    private byte[] withoutKeyInfo(String id, List<PublicKey> keys) throws FlawedXmlException {
        XmlElement keyInfo = signature.child(SignatureProfile.DSIG, "KeyInfo");
        if (keyInfo == null) {
            return digested(id, keys);
        }
        Element parent = signature.dom();
        Node next = keyInfo.dom().getNextSibling();
        parent.removeChild(keyInfo.dom());
        try {
            return digested(id, keys);
        } finally {
            parent.insertBefore(keyInfo.dom(), next);
        }
    }

    private byte[] digested(String id, List<PublicKey> keys) throws FlawedXmlException {
        for (PublicKey key : keys) {
            DOMValidateContext context = context(id, key);
            XMLSignature one = unmarshalled(context);
            if (isBy(one, context)) {
                return digested(one.getSignedInfo().getReferences().getFirst(), context);
            }
        }
        throw new FlawedXmlException(Flaw.BAD_SIGNATURE);
    }

    private DOMValidateContext context(String id, PublicKey key) {
        var context = new DOMValidateContext(key, signature.dom());
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
        context.setIdAttributeNS(covered.dom(), null, "ID");
        URIDereferencer inside = factory().getURIDereferencer();
        context.setURIDereferencer((reference, asked) -> {
            if (!("#" + id).equals(reference.getURI())) {
                throw new URIReferenceException("only the element around a signature is read");
            }
            return inside.dereference(reference, asked);
        });
        return context;
    }

    private static XMLSignatureFactory factory() {
        try {
            return XMLSignatureFactory.getInstance("DOM", "XMLDSig");
        } catch (NoSuchProviderException e) {
            throw new IllegalStateException("every JDK has XML signatures", e);
        }
    }

    private static XMLSignature unmarshalled(DOMValidateContext context) throws FlawedXmlException {
        try {
            return factory().unmarshalXMLSignature(context);
        } catch (MarshalException _) {
            throw new FlawedXmlException(Flaw.MALFORMED_SIGNATURE);
        }
    }

    private static boolean isBy(XMLSignature one, DOMValidateContext context) {
        try {
            return one.getSignatureValue().validate(context);
        } catch (XMLSignatureException _) {
            return false; // Such as a value that cannot be one of this key.
        }
    }

    private static byte[] digested(Reference reference, DOMValidateContext context) throws FlawedXmlException {
        try {
            if (!reference.validate(context)) {
                throw new FlawedXmlException(Flaw.ALTERED);
            }
            try (InputStream octets = reference.getDigestInputStream()) {
                return octets.readAllBytes();
            }
        } catch (XMLSignatureException | IOException _) {
            throw new FlawedXmlException(Flaw.ALTERED);
        }
    }
}
