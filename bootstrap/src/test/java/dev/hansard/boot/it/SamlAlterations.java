// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * What an attacker does to a response of Keycloak: the eight signature wrappings of Somorovsky et al., "On Breaking
 * SAML" (2012), in the numbering of SAML Raider, and changes to all that it says and to how it is signed.
 */
final class SamlAlterations {
    private static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";
    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

    private SamlAlterations() {}

    static Map<String, UnaryOperator<String>> wrappings() {
        Map<String, Consumer<Document>> ways = new LinkedHashMap<>();
        ways.put("XSW1", document -> response(document, true));
        ways.put("XSW2", document -> response(document, false));
        ways.put("XSW3", document -> beside(document));
        ways.put("XSW4", document -> around(document));
        ways.put("XSW5", document -> moved(document, document.getDocumentElement()));
        ways.put("XSW6", document -> moved(document, first(document, "Signature")));
        ways.put("XSW7", document -> inExtensions(document));
        ways.put("XSW8", document -> inObject(document));
        Map<String, UnaryOperator<String>> wrappings = new LinkedHashMap<>();
        ways.forEach((name, way) -> wrappings.put(name, xml -> {
            Document document = parse(xml);
            way.accept(document);
            return print(document);
        }));
        return wrappings;
    }

    private static void response(Document document, boolean inSignature) {
        Element response = document.getDocumentElement();
        Element signature = first(document, "Signature");
        Element original = unsigned(response);
        makeEvil(response);
        if (inSignature) {
            signature.appendChild(original);
        } else {
            signature.getParentNode().insertBefore(original, signature);
        }
    }

    private static void beside(Document document) {
        Element assertion = first(document, "Assertion");
        assertion.getParentNode().insertBefore(evil(assertion), assertion);
    }

    private static void around(Document document) {
        Element assertion = first(document, "Assertion");
        Element evil = evil(assertion);
        assertion.getParentNode().replaceChild(evil, assertion);
        evil.appendChild(assertion);
    }

    private static void moved(Document document, Element to) {
        Element assertion = first(document, "Assertion");
        Element original = unsigned(assertion);
        makeEvil(assertion);
        to.appendChild(original);
    }

    private static void inExtensions(Document document) {
        Element assertion = first(document, "Assertion");
        Element extensions = document.createElementNS(PROTOCOL, "samlp:Extensions");
        extensions.appendChild(evil(assertion));
        assertion.getParentNode().insertBefore(extensions, assertion);
    }

    private static void inObject(Document document) {
        Element object = document.createElementNS(DSIG, "dsig:Object");
        moved(document, object);
        first(document, "Signature").appendChild(object);
    }

    private static Element evil(Element element) {
        Element copy = unsigned(element);
        makeEvil(copy);
        return copy;
    }

    private static Element unsigned(Element element) {
        Element copy = (Element) element.cloneNode(true);
        for (Node one = signatureIn(copy); one != null; one = signatureIn(copy)) {
            one.getParentNode().removeChild(one);
        }
        return copy;
    }

    private static Node signatureIn(Element element) {
        return element.getElementsByTagNameNS(DSIG, "Signature").item(0);
    }

    private static void makeEvil(Element element) {
        element.setAttribute("ID", "_evil");
        element.getElementsByTagNameNS(ASSERTION, "NameID").item(0).setTextContent("mallory");
    }

    /** Each of them must be refused, whatever is signed, when it is the response. */
    static Map<String, UnaryOperator<String>> changes() {
        Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
        contents(all);
        conditions(all);
        signatures(all);
        documents(all);
        return all;
    }

    private static void contents(Map<String, UnaryOperator<String>> all) {
        all.put("another name", text(">alice<", ">mallory<"));
        all.put("a comment in the name", text(">alice<", ">ali<!-- -->ce<"));
        all.put("an instruction in the name", text(">alice<", ">ali<?x y?>ce<"));
        all.put("an element in the name", text(">alice<", "><b>alice</b><"));
        all.put("another group", text(">auditors<", ">admins<"));
        all.put(
                "one group more",
                regex("(<saml:AttributeValue[^>]*>)auditors", "$1admins</saml:AttributeValue>$1auditors"));
        all.put("another attribute", text("Name=\"groups\"", "Name=\"email\""));
        all.put("another issuer", regex("(<saml:Issuer[^>]*>)http", "$1https"));
        all.put("another format of the name", regex("Format=\"[^\"]*\"", "Format=\"urn:x\""));
        all.put("no subject", regex("<saml:Subject>.*</saml:Subject>", ""));
        all.put("nobody signed in", regex("<saml:AuthnStatement.*</saml:AuthnStatement>", ""));
        all.put("a longer session", regex("SessionIndex=\"[^\"]*\"", "SessionNotOnOrAfter=\"2099-01-01T00:00:00Z\""));
        all.put("a version before", text("Version=\"2.0\"", "Version=\"1.1\""));
        all.put("a failure", text("status:Success", "status:Requester"));
        all.put("no status", regex("<samlp:Status>.*</samlp:Status>", ""));
        all.put(
                "an encrypted assertion",
                regex(
                        "</samlp:Response>",
                        "<saml:EncryptedAssertion xmlns:saml=\"" + ASSERTION + "\"/></samlp:Response>"));
    }

    private static void conditions(Map<String, UnaryOperator<String>> all) {
        all.put("another audience", regex("<saml:Audience>[^<]*", "<saml:Audience>http://other.test/"));
        all.put("no audience", regex("<saml:AudienceRestriction>.*</saml:AudienceRestriction>", ""));
        all.put("no conditions", regex("<saml:Conditions.*</saml:Conditions>", ""));
        all.put("a later end", regex("NotOnOrAfter=\"20\\d\\d", "NotOnOrAfter=\"2099"));
        all.put("an earlier begin", regex("NotBefore=\"20\\d\\d", "NotBefore=\"2001"));
        all.put("issued later", regex("IssueInstant=\"20\\d\\d", "IssueInstant=\"2099"));
        all.put("another recipient", regex("Recipient=\"[^\"]*", "Recipient=\"http://other.test/"));
        all.put("another destination", regex("Destination=\"[^\"]*", "Destination=\"http://other.test/"));
        all.put("no destination", regex("Destination=\"[^\"]*\"", ""));
        all.put("an answer to another request", regex("InResponseTo=\"[^\"]*", "InResponseTo=\"_other"));
        all.put("an answer to none", regex(" InResponseTo=\"[^\"]*\"", ""));
        all.put("not for bearers", text("cm:bearer", "cm:holder-of-key"));
        all.put("a condition more", regex("</saml:Conditions>", "<saml:OneTimeUse/></saml:Conditions>"));
    }

    private static void signatures(Map<String, UnaryOperator<String>> all) {
        all.put("no signature", regex("<dsig:Signature .*</dsig:Signature>", ""));
        all.put("another signature value", regex("<dsig:SignatureValue>....", "<dsig:SignatureValue>AAAA"));
        all.put("another digest", regex("<dsig:DigestValue>....", "<dsig:DigestValue>AAAA"));
        all.put("SHA-1", text("2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#rsa-sha1"));
        all.put("a digest by SHA-1", text("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"));
        all.put("an HMAC", text("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"));
        all.put("inclusive canonicalisation", text("2001/10/xml-exc-c14n#", "TR/2001/REC-xml-c14n-20010315"));
        all.put(
                "an XSLT",
                regex(
                        "</dsig:Transforms>",
                        "<dsig:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>"
                                + "</dsig:Transforms>"));
        all.put(
                "an XPath",
                regex(
                        "</dsig:Transforms>",
                        "<dsig:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"/>"
                                + "</dsig:Transforms>"));
        all.put("no transforms", regex("<dsig:Transforms>.*</dsig:Transforms>", ""));
        all.put("a reference to all", regex("<dsig:Reference URI=\"[^\"]*\"", "<dsig:Reference URI=\"\""));
        all.put("a reference to another", regex("<dsig:Reference URI=\"[^\"]*\"", "<dsig:Reference URI=\"#_x\""));
        all.put(
                "a reference away",
                regex("<dsig:Reference URI=\"[^\"]*\"", "<dsig:Reference URI=\"http://127.0.0.1:1/\""));
        all.put("two references", regex("(<dsig:Reference .*</dsig:Reference>)", "$1$1"));
        all.put("two signatures", regex("(<dsig:Signature .*</dsig:Signature>)", "$1$1"));
        all.put("an object in the signature", regex("</dsig:Signature>", "<dsig:Object/></dsig:Signature>"));
        all.put("a signature elsewhere", xml -> {
            Document document = parse(xml);
            first(document, "Status").appendChild(first(document, "Signature"));
            return print(document);
        });
    }

    private static void documents(Map<String, UnaryOperator<String>> all) {
        all.put("a document type", xml -> "<!DOCTYPE r>" + xml);
        all.put(
                "an entity",
                xml -> "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + xml.replace(">alice<", ">&e;<"));
        all.put(
                "an inclusion",
                regex(
                        "</samlp:Status>",
                        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>"
                                + "</samlp:Status>"));
        all.put("another id of the response", regex("^(.*?) ID=\"[^\"]*\"", "$1 ID=\"_x\""));
        all.put("one id twice", xml -> {
            Document document = parse(xml);
            first(document, "Assertion")
                    .setAttribute("ID", document.getDocumentElement().getAttribute("ID"));
            return print(document);
        });
        all.put("another id of the assertion", xml -> {
            Document document = parse(xml);
            first(document, "Assertion").setAttribute("ID", "_x");
            return print(document);
        });
        all.put("two assertions", regex("(<saml:Assertion .*</saml:Assertion>)", "$1$1"));
        all.put("no assertion", regex("<saml:Assertion .*</saml:Assertion>", ""));
        all.put("another namespace", text(ASSERTION, "urn:x"));
        all.put("another document", text("samlp:Response", "samlp:LogoutResponse"));
        all.put("half of it", xml -> xml.substring(0, xml.length() / 2));
        all.put("too much of it", xml -> xml + " ".repeat(300_000));
        all.put("too deep", regex("</samlp:Status>", "<a>".repeat(40) + "</a>".repeat(40) + "</samlp:Status>"));
        all.put("another encoding", xml -> "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + xml);
        all.put("nothing", _ -> "");
    }

    private static UnaryOperator<String> text(String from, String to) {
        return xml -> xml.replace(from, to);
    }

    private static UnaryOperator<String> regex(String from, String to) {
        return xml -> xml.replaceAll("(?s)" + from, to);
    }

    private static Element first(Document document, String name) {
        return (Element) document.getElementsByTagNameNS("*", name).item(0);
    }

    private static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String print(Document document) {
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var text = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
