// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An element of a document that {@link StrictXml} has read, which does not change. For one thread at a time. */
public final class XmlElement {
    private final Element element;

    XmlElement(Element element) {
        this.element = element;
    }

    Element dom() {
        return element;
    }

    public boolean is(String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    /** The name without its prefix. */
    public String name() {
        return element.getLocalName();
    }

    /** Null for none. */
    public @Nullable String namespace() {
        return element.getNamespaceURI();
    }

    /** The elements directly in it, in order. */
    public List<XmlElement> children() {
        List<XmlElement> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(new XmlElement(child));
            }
        }
        return children;
    }

    /** Those of the elements directly in it that have that name. */
    public List<XmlElement> children(String namespace, String name) {
        return children().stream().filter(child -> child.is(namespace, name)).toList();
    }

    /** The element directly in it that has that name; null when there is none. Two of them are a flaw. */
    public @Nullable XmlElement child(String namespace, String name) throws FlawedXmlException {
        List<XmlElement> all = children(namespace, name);
        if (all.size() > 1) {
            throw new FlawedXmlException(Flaw.MALFORMED);
        }
        return all.isEmpty() ? null : all.getFirst();
    }

    /** The same, where there must be one. */
    public XmlElement requiredChild(String namespace, String name) throws FlawedXmlException {
        XmlElement child = child(namespace, name);
        if (child == null) {
            throw new FlawedXmlException(Flaw.MALFORMED);
        }
        return child;
    }

    /** It and all elements in it, at any depth, in the order of the document. */
    public List<XmlElement> all() {
        List<XmlElement> all = new ArrayList<>();
        collect(all);
        return all;
    }

    private void collect(List<XmlElement> all) {
        all.add(this);
        for (XmlElement child : children()) {
            child.collect(all);
        }
    }

    public boolean isParentOf(XmlElement other) {
        return element.isSameNode(other.element.getParentNode());
    }

    /** The value of an attribute without a namespace; null when there is none. */
    public @Nullable String attribute(String name) {
        return attribute(null, name);
    }

    /** The value of an attribute in that namespace; null when there is none. */
    public @Nullable String attribute(@Nullable String namespace, String name) {
        return element.hasAttributeNS(namespace, name) ? element.getAttributeNS(namespace, name) : null;
    }

    /** The same, where there must be one that is not empty. */
    public String requiredAttribute(String name) throws FlawedXmlException {
        String value = attribute(name);
        if (value == null || value.isEmpty()) {
            throw new FlawedXmlException(Flaw.MALFORMED);
        }
        return value;
    }

    /** Whether there is nothing but text in it. */
    public boolean holdsText() {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() != Node.TEXT_NODE) {
                return false;
            }
        }
        return true;
    }

    /** All of the text in it. A comment in the middle would be read as the end by some, so that it is a flaw. */
    public String text() throws FlawedXmlException {
        if (!holdsText()) {
            throw new FlawedXmlException(Flaw.TEXT_WITH_MARKUP);
        }
        return element.getTextContent();
    }
}
