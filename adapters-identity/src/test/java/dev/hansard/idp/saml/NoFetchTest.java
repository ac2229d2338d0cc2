// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** No address in a message is asked, wherever in it the address is; and what is put in is never taken as signed. */
class NoFetchTest {
    private static final List<String> MESSAGES = List.of(Messages.signedAssertion(), Messages.signedResponse());

    @SuppressWarnings("NullAway.Init")
    private static ServerSocket canary;

    @BeforeContainer
    static void listen() throws IOException {
        canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        canary.setSoTimeout(1);
    }

    @AfterContainer
    static void close() throws IOException {
        canary.close();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void asksNobody(@ForAll("attacks") Attack attack) throws IOException {
        String address = "http://127.0.0.1:" + canary.getLocalPort() + "/x";
        String message = MESSAGES.get(attack.message());
        int place = placeOf(message, attack.place());
        String put = attack.text().replace("ADDRESS", address);
        String xml = attack.first() + message.substring(0, place) + put + message.substring(place);

        SamlOutcome outcome = new Desk().post(xml.replace("ADDRESS", address).getBytes(StandardCharsets.UTF_8));

        assertThat(outcome)
                .satisfiesAnyOf(
                        rejected -> assertThat(rejected).isInstanceOf(SamlOutcome.Rejected.class),
                        verified -> assertThat(verified).isEqualTo(new Desk().post(message)));
        assertThat(asked()).isNull();
    }

    /** Behind one of the tags. */
    private static int placeOf(String message, int number) {
        int place = message.indexOf('>') + 1;
        for (int i = 0; i < number; i++) {
            int next = message.indexOf('>', place) + 1;
            place = next == 0 || next == message.length() ? place : next;
        }
        return place;
    }

    private static @Nullable Object asked() throws IOException {
        try {
            return canary.accept();
        } catch (SocketTimeoutException _) {
            return null;
        }
    }

    record Attack(int message, int place, String first, String text) {}

    @Provide
    Arbitrary<Attack> attacks() {
        Arbitrary<String> texts = Arbitraries.of(
                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"ADDRESS\"/>",
                "<x xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x ADDRESS\"/>",
                "<x xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:noNamespaceSchemaLocation=\"ADDRESS\"/>",
                "<x xml:base=\"ADDRESS\"/>",
                "<ds:RetrievalMethod xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" URI=\"ADDRESS\"/>",
                "<ds:Reference xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" URI=\"ADDRESS\"/>",
                "<xenc:CipherReference xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" URI=\"ADDRESS\"/>",
                "<?xml-stylesheet href=\"ADDRESS\"?>",
                "&x;",
                "ADDRESS");
        Arbitrary<String> firsts = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("")),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "<!DOCTYPE x SYSTEM \"ADDRESS\">",
                                "<!DOCTYPE x [<!ENTITY x SYSTEM \"ADDRESS\">]>",
                                "<!DOCTYPE x [<!ENTITY % x SYSTEM \"ADDRESS\">%x;]>")));
        return Combinators.combine(
                        Arbitraries.integers().between(0, MESSAGES.size() - 1),
                        Arbitraries.integers().between(0, 70),
                        firsts,
                        texts)
                .as(Attack::new);
    }
}
