// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.saml.SamlVerifier.Expected;
import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.Signing;
import dev.hansard.ports.spi.Surroundings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A verifier on a clock that stands, and what is brought before it. */
final class Desk {
    static final Duration SKEW = Duration.ofSeconds(30);
    static final Expected ASKED = new Expected.AnswerTo(Messages.REQUEST);

    final MovedClock clock = new MovedClock();
    private final SamlVerifier verifier;

    Desk() {
        this(100);
    }

    Desk(int remembered) {
        this(settings(remembered));
    }

    Desk(SamlSettings settings) {
        Surroundings surroundings = clock.surroundings();
        verifier = new SamlVerifier(
                settings,
                Signing.pinned(),
                surroundings.wall(),
                new AssertionMemory(settings.rememberedAssertions(), surroundings.nanos()));
    }

    static SamlSettings settings(int remembered) {
        return new SamlSettings(
                Messages.ISSUER, Messages.AUDIENCE, Messages.ENDPOINT, SKEW, Duration.ofHours(1), remembered);
    }

    SamlOutcome post(String xml) {
        return post(xml, ASKED);
    }

    SamlOutcome post(String xml, Expected expected) {
        return verifier.posted(base64(xml.getBytes(StandardCharsets.UTF_8)), expected);
    }

    SamlOutcome post(byte[] xml) {
        return verifier.posted(base64(xml), ASKED);
    }

    SamlOutcome postText(String samlResponse) {
        return verifier.posted(samlResponse, ASKED);
    }

    /** As in a form: with line breaks. */
    private static String base64(byte[] xml) {
        return Base64.getMimeEncoder().encodeToString(xml);
    }

    SamlOutcome grant(String xml) {
        return grantText(Base64.getUrlEncoder().withoutPadding().encodeToString(xml.getBytes(StandardCharsets.UTF_8)));
    }

    SamlOutcome grantText(String assertion) {
        return verifier.granted(assertion);
    }

    static SamlOutcome rejected(Flaw flaw) {
        return new SamlOutcome.Rejected(flaw);
    }
}
