// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.Messages.changed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.xml.Flaw;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that attack the parser, or that two parsers read differently. */
class HostileXmlTest {
    private static final String SIGNED = Messages.signedAssertion();

    private final Desk desk = new Desk();

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of(Flaw.COMMENT, changed(SIGNED, "G-alice", "admin<!-- -->G-alice")),
                Arguments.of(Flaw.COMMENT, changed(SIGNED, "G-alice", "G-<!---->alice")),
                Arguments.of(Flaw.COMMENT, changed(SIGNED, ">sre<", ">s<!---->re<")),
                Arguments.of(Flaw.COMMENT, changed(SIGNED, "realms/acme<", "realms/acme<!---->.evil.example<")),
                Arguments.of(Flaw.COMMENT, "<!-- a -->" + SIGNED),
                Arguments.of(Flaw.PROCESSING_INSTRUCTION, changed(SIGNED, "G-alice", "G-<?x y?>alice")),
                Arguments.of(Flaw.PROCESSING_INSTRUCTION, "<?xml-stylesheet href=\"file:///etc/passwd\"?>" + SIGNED),
                Arguments.of(Flaw.DOCTYPE, "<!DOCTYPE x>" + SIGNED),
                Arguments.of(Flaw.DOCTYPE, doctype("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;")),
                Arguments.of(Flaw.DOCTYPE, doctype("<!ENTITY x SYSTEM \"http://127.0.0.1:9/x\">", "&x;")),
                Arguments.of(Flaw.DOCTYPE, doctype("<!ENTITY % x SYSTEM \"http://127.0.0.1:9/x\"> %x;", "y")),
                Arguments.of(Flaw.DOCTYPE, "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\">" + SIGNED),
                Arguments.of(Flaw.DOCTYPE, doctype(laughs(), "&l9;")),
                Arguments.of(Flaw.DOCTYPE, doctype("<!ENTITY x \"" + "a".repeat(50_000) + "\">", "&x;".repeat(10_000))),
                Arguments.of(Flaw.NOT_WELL_FORMED, changed(SIGNED, "G-alice", "&admin;")),
                Arguments.of(Flaw.NOT_WELL_FORMED, "<!doctype x>" + SIGNED),
                Arguments.of(
                        Flaw.XINCLUDE,
                        changed(
                                SIGNED,
                                "G-alice",
                                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\""
                                        + " parse=\"text\"/>")),
                Arguments.of(Flaw.TOO_DEEP, "<a>".repeat(33) + "</a>".repeat(33)),
                Arguments.of(Flaw.TOO_LARGE, SIGNED + " ".repeat(256 << 10)),
                Arguments.of(Flaw.TOO_LARGE, SIGNED + " ".repeat(1 << 20)),
                Arguments.of(
                        Flaw.LONG_NAMESPACE,
                        changed(SIGNED, "<samlp:Response ", "<samlp:Response xmlns:a=\"" + "a".repeat(257) + "\" ")),
                Arguments.of(Flaw.NOT_WELL_FORMED, ""),
                Arguments.of(Flaw.NOT_WELL_FORMED, SIGNED + "<x/>"),
                Arguments.of(Flaw.NOT_WELL_FORMED, SIGNED + "x"),
                Arguments.of(Flaw.NOT_WELL_FORMED, changed(SIGNED, "ID=\"ID_response\"", "ID=\"a\" ID=\"b\"")),
                Arguments.of(Flaw.NOT_WELL_FORMED, changed(SIGNED, "G-alice", "G-\u0000alice")),
                Arguments.of(Flaw.NOT_WELL_FORMED, changed(SIGNED, "G-alice", "G-&#0;alice")),
                Arguments.of(Flaw.NOT_WELL_FORMED, "<?xml version=\"1.1\"?>" + SIGNED),
                Arguments.of(Flaw.NOT_UTF8, "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + SIGNED),
                Arguments.of(Flaw.NOT_UTF8, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + SIGNED),
                Arguments.of(Flaw.WRONG_DOCUMENT, "<Response/>"),
                Arguments.of(Flaw.MALFORMED, "<Response xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>"));
    }

    private static String doctype(String inside, String name) {
        return "<!DOCTYPE x [" + inside + "]>" + changed(SIGNED, "G-alice", name);
    }

    private static String laughs() {
        var text = new StringBuilder("<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            text.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("hostile")
    void refusesADocument(Flaw flaw, String xml) {
        assertThat(desk.post(xml)).isEqualTo(Desk.rejected(flaw));
    }

    @Test
    void refusesOtherEncodings() {
        assertThat(desk.post(SIGNED.getBytes(StandardCharsets.UTF_16))).isEqualTo(Desk.rejected(Flaw.NOT_UTF8));
        assertThat(desk.post(changed(SIGNED, "G-alice", "Zo\u00eb").getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Desk.rejected(Flaw.NOT_UTF8));
        // An overlong form of the letter <.
        assertThat(desk.post(new byte[] {(byte) 0xC0, (byte) 0xBC})).isEqualTo(Desk.rejected(Flaw.NOT_UTF8));
    }

    @Test
    void refusesWhatIsNotBase64() {
        assertThat(desk.postText("<samlp:Response/>")).isEqualTo(Desk.rejected(Flaw.NOT_BASE64));
        assertThat(desk.postText("AAAA%2B")).isEqualTo(Desk.rejected(Flaw.NOT_BASE64));
        assertThat(desk.grantText("ab+/")).isEqualTo(Desk.rejected(Flaw.NOT_BASE64));
        assertThat(desk.grantText("PGE\nvPg")).isEqualTo(Desk.rejected(Flaw.NOT_BASE64));
    }

    /** A prefix that is declared once, but written again for each element that uses it, once it is canonical. */
    @Test
    void refusesADocumentThatGrowsWhenItIsMadeCanonical() {
        String declared =
                changed(SIGNED, "<saml:Assertion ", "<saml:Assertion xmlns:n=\"urn:" + "n".repeat(250) + "\" ");
        String grown =
                changed(declared, "<saml:AttributeStatement>", "<saml:AttributeStatement>" + "<n:a/>".repeat(30_000));

        assertThat(desk.post(grown)).isEqualTo(Desk.rejected(Flaw.ALTERED));
    }
}
