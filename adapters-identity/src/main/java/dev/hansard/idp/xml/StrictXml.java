// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads XML from outside: UTF-8 only, without a document type and so without entities, without inclusions, of limited
 * size and depth, each ID once. Nothing in a document leads to a file or to the network.
 */
public enum StrictXml {
    /** For what people and services bring. Nobody who means well writes comments there. */
    MESSAGE(256 << 10, false),
    /** For what an operator chose, which is larger and written by hand at times. */
    METADATA(1 << 20, true);

    /** Of {@link #MESSAGE}, in bytes. */
    public static final int MESSAGE_BYTES = 256 << 10;

    private static final int DEPTH = 32;
    private static final int NAMESPACE_CHARS = 256;
    private static final String XINCLUDE = "http://www.w3.org/2001/XInclude";
    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,255}");

    private final int bytes;
    private final boolean comments;

    StrictXml(int bytes, boolean comments) {
        this.bytes = bytes;
        this.comments = comments;
    }

    /** The outermost element. */
    public XmlElement parse(byte[] document) throws FlawedXmlException {
        if (document.length > bytes) {
            throw new FlawedXmlException(Flaw.TOO_LARGE);
        }
        Document parsed = parsed(text(document));
        String encoding = parsed.getXmlEncoding();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new FlawedXmlException(Flaw.NOT_UTF8); // Its reader would see other letters than its writer meant.
        }
        if (!"1.0".equals(parsed.getXmlVersion())) {
            throw new FlawedXmlException(Flaw.NOT_WELL_FORMED);
        }
        requireHarmless(parsed, 0, new HashSet<>());
        return new XmlElement(parsed.getDocumentElement());
    }

    private static String text(byte[] document) throws FlawedXmlException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new FlawedXmlException(Flaw.NOT_UTF8);
        }
        // The parser refuses a document type, too, but not with a word of its own.
        if (text.contains("<!DOCTYPE")) {
            throw new FlawedXmlException(Flaw.DOCTYPE);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Document parsed(String text) throws FlawedXmlException {
        try {
            return builder().parse(new InputSource(new StringReader(text)));
        } catch (SAXException _) {
            throw new FlawedXmlException(Flaw.NOT_WELL_FORMED);
        } catch (IOException e) {
            throw new IllegalStateException("a string can be read", e);
        }
    }

    /** One of the JDK's own, whatever else lies on the class path. */
    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setCoalescing(true); // So that a text is one node, however it was written.
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setEntityResolver((_, _) -> {
                throw new SAXException("nothing outside a document is read");
            });
            builder.setErrorHandler(new Throwing());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has an XML parser with these features", e);
        }
    }

    /** Without one the parser prints. */
    private static final class Throwing implements ErrorHandler {
        @Override
        public void warning(SAXParseException problem) throws SAXException {
            throw problem;
        }

        @Override
        public void error(SAXParseException problem) throws SAXException {
            throw problem;
        }

        @Override
        public void fatalError(SAXParseException problem) throws SAXException {
            throw problem;
        }
    }

    private void requireHarmless(Node parent, int depth, Set<String> ids) throws FlawedXmlException {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            switch (node.getNodeType()) {
                case Node.TEXT_NODE -> {}
                case Node.ELEMENT_NODE -> requireHarmless((Element) node, depth + 1, ids);
                case Node.COMMENT_NODE -> {
                    if (!comments) {
                        throw new FlawedXmlException(Flaw.COMMENT);
                    }
                }
                case Node.PROCESSING_INSTRUCTION_NODE -> throw new FlawedXmlException(Flaw.PROCESSING_INSTRUCTION);
                default -> throw new FlawedXmlException(Flaw.NOT_WELL_FORMED);
            }
        }
    }

    private void requireHarmless(Element element, int depth, Set<String> ids) throws FlawedXmlException {
        if (depth > DEPTH) {
            throw new FlawedXmlException(Flaw.TOO_DEEP);
        }
        if (XINCLUDE.equals(element.getNamespaceURI())) {
            throw new FlawedXmlException(Flaw.XINCLUDE);
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            requireHarmless((Attr) attributes.item(i), ids);
        }
        requireHarmless((Node) element, depth, ids);
    }

    /** Whatever somebody could take for an ID is one: without a schema nobody can say which is not. */
    private static void requireHarmless(Attr attribute, Set<String> ids) throws FlawedXmlException {
        String namespace = attribute.getNamespaceURI();
        if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(namespace)) {
            if (attribute.getValue().length() > NAMESPACE_CHARS) {
                throw new FlawedXmlException(Flaw.LONG_NAMESPACE);
            }
            return;
        }
        boolean ours = namespace == null || XMLConstants.XML_NS_URI.equals(namespace);
        if (!ours || !attribute.getLocalName().toLowerCase(Locale.ROOT).equals("id")) {
            return;
        }
        if (!ID.matcher(attribute.getValue()).matches()) {
            throw new FlawedXmlException(Flaw.MALFORMED_ID);
        }
        if (!ids.add(attribute.getValue())) {
            throw new FlawedXmlException(Flaw.DUPLICATE_ID);
        }
    }
}
