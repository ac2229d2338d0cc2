// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.xml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.rule.Unmaskable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Whatever the bytes are: another parser of XML finds nothing that is left, and what it could read stays readable. */
class XmlMaskerFuzzTest {
    /** The rules that leave nothing but stars. */
    private static final Set<String> STARS = Set.of("pins", "always-on", "withheld");

    private static final String LABEL = "application/xml; charset=utf-8";

    static byte[][] documents() {
        return new byte[][] {
            bytes("<?xml version='1.0'?><a pin='1'><pin>12</pin><x:pin xmlns:x='u'>3</x:pin></a>"),
            bytes("<a><!-- 777777777777 --><![CDATA[777777]]>777777<?p 777777777777?></a>"),
            bytes("<a b=\"&#55;77777777777\">{\"pin\":1}<pin>&lt;&amp;</pin></a>"),
            bytes("<a>&lt;pin>1&lt;/pin><pin><b>x<![CDATA[y]]></b></pin></a>"),
        };
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "10s")
    void masksAnything(byte[] bytes) throws ParserConfigurationException, IOException {
        byte[] once;
        try {
            var fixture = new ContentMaskingFixture();
            once = fixture.mask(bytes, LABEL);
            if (STARS.containsAll(fixture.findings().counts().keySet())) {
                // Letters in the place of others may make a name of what follows them.
                assertThat(new ContentMaskingFixture().mask(once, LABEL)).isEqualTo(once);
            }
        } catch (Unmaskable _) {
            return;
        }
        assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain(ContentMaskingFixture.PLANTED);
        Document before = parsed(bytes);
        Document after = parsed(once);
        if (before != null) {
            assertThat(after).isNotNull();
        }
        if (after != null) {
            var pins = after.getElementsByTagNameNS("*", "pin");
            for (int i = 0; i < pins.getLength(); i++) {
                assertThat(pins.item(i).getTextContent()).matches("(\\s|\\*\\*\\*)*");
            }
        }
    }

    private static @Nullable Document parsed(byte[] document) throws ParserConfigurationException, IOException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        try {
            return builder.parse(new ByteArrayInputStream(document));
        } catch (SAXException _) {
            return null;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
