// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import static dev.hansard.ports.identity.CertificateBuilder.aCertificate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.mtls.Naming.Named;
import dev.hansard.idp.mtls.Naming.Named.Flawed;
import dev.hansard.idp.mtls.Naming.Named.Nobody;
import dev.hansard.idp.mtls.Naming.Named.Subject;
import dev.hansard.ports.identity.CertificateBuilder;
import dev.hansard.ports.identity.Der;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that a lenient reader would take for somebody else's. */
class HostileCertificatesTest {
    private static final Naming SPIFFE = new SpiffeNaming("prod.example.com");
    private static final Naming ONE_HOST = new DnsNaming(false);
    private static final Naming FIRST_HOST = new DnsNaming(true);
    private static final Naming WHOLE_NAME = new DistinguishedNaming();
    private static final Named NOBODY = Nobody.NOBODY;
    private static final String ADMIN = "spiffe://prod.example.com/admin";
    private static final int URI = 0x86;

    private static Arguments row(String what, Naming naming, CertificateBuilder certificate, Named expected) {
        return Arguments.of(what, naming, certificate, expected);
    }

    private static CertificateBuilder cert() {
        return aCertificate().commonName("spiffe://prod.example.com/admin");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Stream<Arguments> workloads() {
        var admin = new Subject(ADMIN);
        return Stream.of(
                row("a good one", SPIFFE, cert().uri(ADMIN), admin),
                row("a good one with DNS names", SPIFFE, cert().dns("a.example").uri(ADMIN), admin),
                row("no names but a common name", SPIFFE, cert(), NOBODY),
                row("a DNS name only", SPIFFE, cert().dns("admin"), NOBODY),
                row("another URI only", SPIFFE, cert().uri("https://prod.example.com/admin"), NOBODY),
                row("a URI after it", SPIFFE, cert().uri(ADMIN).uri("https://a"), new Flawed("several_uris")),
                row("a URI before it", SPIFFE, cert().uri("https://a").uri(ADMIN), new Flawed("several_uris")),
                row("the same twice", SPIFFE, cert().uri(ADMIN).uri(ADMIN), new Flawed("several_uris")),
                row("another trust domain", SPIFFE, cert().uri("spiffe://dev.example.com/admin"), NOBODY),
                row("a trust domain that ends alike", SPIFFE, cert().uri("spiffe://a.prod.example.com/admin"), NOBODY),
                row(
                        "a trust domain that begins alike",
                        SPIFFE,
                        cert().uri("spiffe://prod.example.com.evil.example/admin"),
                        NOBODY),
                row("the trust domain itself", SPIFFE, cert().uri("spiffe://prod.example.com"), flawed("workload")),
                row("a certificate authority", SPIFFE, cert().uri(ADMIN).authority(), flawed("workload")),
                row("a key that signs certificates", SPIFFE, cert().uri(ADMIN).keyUsage(0x84), flawed("workload")),
                row("a key that signs revocations", SPIFFE, cert().uri(ADMIN).keyUsage(0x82), flawed("workload")),
                row("a key that signs", SPIFFE, cert().uri(ADMIN).keyUsage(0x80), admin),
                row(
                        "a name that is too long",
                        SPIFFE,
                        cert().uri("spiffe://prod.example.com/" + "x".repeat(500)),
                        new Flawed("name_too_long")),
                row("a NUL in it", SPIFFE, cert().name(URI, bytes(ADMIN + "\u0000x")), flawed("names")),
                row("bytes above ASCII", SPIFFE, cert().name(URI, bytes(ADMIN + "\u00e9")), flawed("id")),
                row("an empty URI", SPIFFE, cert().name(URI, new byte[0]), flawed("names")));
    }

    private static Flawed flawed(String end) {
        return switch (end) {
            case "workload" -> new Flawed("not_a_workload");
            case "names" -> new Flawed("unreadable_names");
            default -> new Flawed("invalid_spiffe_id");
        };
    }

    static Stream<Arguments> hosts() {
        return Stream.of(
                row("a good one", ONE_HOST, cert().dns("Checkout.Example.COM"), new Subject("checkout.example.com")),
                row("a URI beside it", ONE_HOST, cert().uri(ADMIN).dns("a"), new Subject("a")),
                row("no DNS name", ONE_HOST, cert().uri(ADMIN), NOBODY),
                row("two of them", ONE_HOST, cert().dns("a").dns("b"), new Flawed("several_names")),
                row("two where the first counts", FIRST_HOST, cert().dns("a").dns("b"), new Subject("a")),
                row("a wildcard", ONE_HOST, cert().dns("*.example.com"), new Flawed("wildcard_name")),
                row("a wildcard alone", ONE_HOST, cert().dns("*"), new Flawed("wildcard_name")),
                row("a wildcard in second place", FIRST_HOST, cert().dns("a").dns("*.a"), new Flawed("wildcard_name")),
                row("a NUL in it", ONE_HOST, cert().dns("admin\u0000.evil.example"), invalid()),
                row("a trailing dot", ONE_HOST, cert().dns("admin."), invalid()),
                row("a blank", ONE_HOST, cert().dns(" "), invalid()),
                row("nothing in it", ONE_HOST, cert().dns(""), invalid()));
    }

    static Stream<Arguments> wholeNames() {
        return Stream.of(
                row(
                        "a good one",
                        WHOLE_NAME,
                        aCertificate().unit("sre").commonName("a, b"),
                        new Subject("CN=a\\, b,OU=sre")),
                row("no name", WHOLE_NAME, aCertificate().dns("a").by(CertificateBuilder.anAuthority("a")), NOBODY),
                row("an override of direction", WHOLE_NAME, aCertificate().commonName("a\u202eb"), invalid()),
                row("an invisible char", WHOLE_NAME, aCertificate().commonName("a\u200bb"), invalid()),
                row(
                        "a name that is too long",
                        WHOLE_NAME,
                        aCertificate().commonName("x".repeat(600)),
                        new Flawed("name_too_long")));
    }

    private static Flawed invalid() {
        return new Flawed("invalid_name");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"workloads", "hosts", "wholeNames"})
    void namesNobodyElse(String what, Naming naming, CertificateBuilder certificate, Named expected) {
        Named named = naming.name(certificate.issue().certificate());

        assertThat(named).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SPIFFE://prod.example.com/admin",
                "spiffe:prod.example.com/admin",
                "spiffe:///admin",
                "spiffe://Prod.example.com/admin",
                "spiffe://PROD.EXAMPLE.COM/admin",
                "spiffe://user@prod.example.com/admin",
                "spiffe://prod.example.com:443/admin",
                "spiffe://prod.example.com/admin?a=b",
                "spiffe://prod.example.com/admin#a",
                "spiffe://prod.example.com/admin/",
                "spiffe://prod.example.com/",
                "spiffe://prod.example.com//admin",
                "spiffe://prod.example.com/a/../admin",
                "spiffe://prod.example.com/./admin",
                "spiffe://prod.example.com/%61dmin",
                "spiffe://prod.example.com/a;b",
                "spiffe://prod.example.com/a~b",
            })
    void takesNoOtherSpellingOfASpiffeId(String uri) {
        Named named = SPIFFE.name(cert().uri(uri).issue().certificate());

        assertThat(named).isInstanceOfAny(Flawed.class, Nobody.class);
        assertThat(SpiffeId.parse(uri)).isNull();
    }

    @Test
    void refusesNamesThatCannotBeReadForEachKindOfName() {
        var broken = cert().name(URI, bytes("spiffe://prod.example.com/\u0001")).dns("a");

        for (Naming naming : List.of(SPIFFE, ONE_HOST)) {
            assertThat(naming.name(broken.issue().certificate())).isEqualTo(new Flawed("unreadable_names"));
        }
    }

    @Test
    void takesAWholeNameWithAnAttributeThatNobodyKnows() {
        var certificate =
                aCertificate().attribute("2a0304", Der.utf8("x")).issue().certificate();

        assertThat(WHOLE_NAME.name(certificate)).isEqualTo(new Subject("1.2.3.4=#0c0178"));
    }
}
