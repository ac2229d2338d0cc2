// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.saml.SamlOutcome.Rejected;
import dev.hansard.idp.xml.Signing;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Signature wrapping: what was signed is moved to where it is verified but not read, and what is read was not signed.
 * The eight transformations are those of Somorovsky et al., "On Breaking SAML" (2012), in the numbering of SAML Raider.
 */
class WrappingTest {
    private static final String DSIG = SamlNames.DSIG;

    private static final Map<String, Consumer<Document>> TRANSFORMATIONS = Map.of(
            "XSW1", WrappingTest::originalResponseInSignature,
            "XSW2", WrappingTest::originalResponseBeforeSignature,
            "XSW3", WrappingTest::evilBeforeOriginal,
            "XSW4", WrappingTest::originalInEvil,
            "XSW5", WrappingTest::originalAtEnd,
            "XSW6", WrappingTest::originalInSignature,
            "XSW7", WrappingTest::evilInExtensions,
            "XSW8", WrappingTest::originalInObject);

    private final Desk desk = new Desk();

    static Stream<Arguments> wrapped() {
        Map<String, String> messages = Map.of(
                "signed response", Messages.signedResponse(),
                "signed assertion", Messages.signedAssertion(),
                "both signed", Messages.bothSigned(),
                "signed ADFS response", Signing.rsa().sign(Messages.adfs(), "Response"),
                "signed ADFS assertion", Signing.ec().sign(Messages.adfs(), "Assertion"));
        return messages.entrySet().stream()
                .flatMap(message -> TRANSFORMATIONS.entrySet().stream()
                        .map(way -> Arguments.of(
                                way.getKey() + ", " + message.getKey(), wrap(message.getValue(), way.getValue()))));
    }

    private static String wrap(String xml, Consumer<Document> way) {
        Document document = Signing.parse(xml);
        way.accept(document);
        return Signing.print(document);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrapped")
    void refusesAWrappedMessage(String way, String xml) {
        assertThat(xml).as("the transformation").contains("admin");

        assertThat(desk.post(xml)).as(way).isInstanceOf(Rejected.class);
    }

    /** Else it would prove nothing that wrapped ones are refused. */
    @Test
    void acceptsTheMessagesUnwrapped() {
        assertThat(desk.post(wrap(Messages.bothSigned(), _ -> {}))).isInstanceOf(SamlOutcome.Verified.class);
    }

    private static void originalResponseInSignature(Document document) {
        Element response = Signing.first(document, "Response");
        Element signature = Signing.first(document, "Signature");
        Element original = withoutSignatures(response);
        makeEvil(response);
        signature.appendChild(original);
    }

    private static void originalResponseBeforeSignature(Document document) {
        Element response = Signing.first(document, "Response");
        Element signature = Signing.first(document, "Signature");
        Element original = withoutSignatures(response);
        makeEvil(response);
        signature.getParentNode().insertBefore(original, signature);
    }

    private static void evilBeforeOriginal(Document document) {
        Element assertion = Signing.first(document, "Assertion");
        assertion.getParentNode().insertBefore(evilCopy(assertion), assertion);
    }

    private static void originalInEvil(Document document) {
        Element assertion = Signing.first(document, "Assertion");
        Node parent = assertion.getParentNode();
        Element evil = evilCopy(assertion);
        parent.replaceChild(evil, assertion);
        evil.appendChild(assertion);
    }

    private static void originalAtEnd(Document document) {
        Element assertion = Signing.first(document, "Assertion");
        Element original = withoutSignatures(assertion);
        makeEvil(assertion);
        document.getDocumentElement().appendChild(original);
    }

    private static void originalInSignature(Document document) {
        Element assertion = Signing.first(document, "Assertion");
        Element original = withoutSignatures(assertion);
        makeEvil(assertion);
        Signing.first(document, "Signature").appendChild(original);
    }

    private static void evilInExtensions(Document document) {
        Element assertion = Signing.first(document, "Assertion");
        Element extensions = document.createElementNS(SamlNames.PROTOCOL, "samlp:Extensions");
        extensions.appendChild(evilCopy(assertion));
        assertion.getParentNode().insertBefore(extensions, assertion);
    }

    private static void originalInObject(Document document) {
        Element assertion = Signing.first(document, "Assertion");
        Element original = withoutSignatures(assertion);
        makeEvil(assertion);
        Element object = document.createElementNS(DSIG, "ds:Object");
        object.appendChild(original);
        Signing.first(document, "Signature").appendChild(object);
    }

    private static Element evilCopy(Element element) {
        Element copy = withoutSignatures(element);
        makeEvil(copy);
        return copy;
    }

    private static Element withoutSignatures(Element element) {
        Element copy = (Element) element.cloneNode(true);
        for (Node one = signatureIn(copy); one != null; one = signatureIn(copy)) {
            one.getParentNode().removeChild(one);
        }
        return copy;
    }

    private static @Nullable Node signatureIn(Element element) {
        return element.getElementsByTagNameNS(DSIG, "Signature").item(0);
    }

    private static void makeEvil(Element element) {
        element.setAttribute("ID", "_evil");
        element.getElementsByTagNameNS(SamlNames.ASSERTION, "NameID").item(0).setTextContent("admin");
    }
}
