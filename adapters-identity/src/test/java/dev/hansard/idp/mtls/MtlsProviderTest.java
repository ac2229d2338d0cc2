// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import static dev.hansard.ports.identity.CertificateBuilder.aCertificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CertificateBuilder;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Identification.NotMine;
import dev.hansard.ports.identity.Identification.Recognised;
import dev.hansard.ports.identity.Identification.Refused;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.IdentityProviderContract;
import dev.hansard.ports.identity.PresentedBuilder;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.spi.MapOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MtlsProviderTest implements IdentityProviderContract {
    private static final String CHECKOUT = "spiffe://prod.example.com/ns/shop/sa/checkout";

    private static final CertificateBuilder.Issued AUTHORITY = CertificateBuilder.anAuthority("Test CA");

    private final MovedClock clock = new MovedClock();
    private final IdentityProvider provider = provider(Map.of("trust-domain", "prod.example.com"));
    private final X509Certificate checkout = workload().uri(CHECKOUT).issue().certificate();

    private IdentityProvider provider(Map<String, Object> options) {
        return new MtlsProviderFactory().create(new MapOptions("mesh", options), clock.surroundings());
    }

    private static CertificateBuilder workload() {
        return aCertificate()
                .by(AUTHORITY)
                .valid(MovedClock.NOON.minus(Duration.ofHours(1)), MovedClock.NOON.plus(Duration.ofHours(1)));
    }

    private Identification said(IdentityProvider asked, CertificateBuilder certificate) {
        return asked.identify(PresentedBuilder.aCall()
                .overTls(certificate.issue().certificate())
                .build());
    }

    @Override
    public IdentityProvider provider() {
        return provider;
    }

    @Override
    public String configuredName() {
        return "mesh";
    }

    @Override
    public PresentedBuilder recognisable() {
        return PresentedBuilder.aCall().overTls(checkout);
    }

    @Override
    public PresentedBuilder forged() {
        return PresentedBuilder.aCall()
                .overTls(workload()
                        .uri(CHECKOUT)
                        .uri("spiffe://prod.example.com/admin")
                        .issue()
                        .certificate());
    }

    @Test
    void takesTheSubjectFromTheSpiffeId() {
        Identification said = provider.identify(recognisable().build());

        assertThat(said)
                .asInstanceOf(type(Recognised.class))
                .isEqualTo(new Recognised(new Caller("mesh", CHECKOUT, List.of()), java.util.Set.of()));
    }

    @Test
    void leavesACallOverTlsWithoutACertificateToOthers() {
        Identification said =
                provider.identify(PresentedBuilder.aCall().overTls().build());

        assertThat(said).isInstanceOf(NotMine.class);
    }

    @Test
    void looksAtTheCallersOwnCertificateOnly() {
        X509Certificate other = workload().dns("gateway.example.com").issue().certificate();

        Identification said = provider.identify(
                PresentedBuilder.aCall().overTls(other, checkout).build());

        assertThat(said).isInstanceOf(NotMine.class);
    }

    @Test
    void refusesACertificateThatRanOutWhileTheConnectionWasOpen() {
        assertThat(provider.identify(recognisable().build())).isInstanceOf(Recognised.class);
        clock.move(Duration.ofMinutes(61));

        Identification said = provider.identify(recognisable().build());

        assertThat(said)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo("expired_certificate"));
    }

    @Test
    void refusesACertificateThatDoesNotHoldYet() {
        clock.move(Duration.ofMinutes(-61));

        Identification said = provider.identify(recognisable().build());

        assertThat(said)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo("certificate_not_yet_valid"));
    }

    @Test
    void takesUnitsForGroupsWhereThatIsAskedFor() {
        IdentityProvider grouping = provider(Map.of("trust-domain", "prod.example.com", "groups", "ou"));

        Identification said = said(
                grouping,
                workload()
                        .unit("sre")
                        .unit("a, b+c")
                        .unit("sre")
                        .commonName("x")
                        .uri(CHECKOUT));

        assertThat(said)
                .isInstanceOfSatisfying(
                        Recognised.class,
                        recognised -> assertThat(recognised.caller().groups()).containsExactly("sre", "a, b+c"));
    }

    @Test
    void refusesUnitsThatCannotBeGroups() {
        IdentityProvider grouping = provider(Map.of("trust-domain", "prod.example.com", "groups", "ou"));

        for (String unit : List.of("a\u0000b", "a\nb", "a\u202eb", "x".repeat(257))) {
            assertThat(said(grouping, workload().unit(unit).uri(CHECKOUT)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo("invalid_groups"));
        }
    }

    @Test
    void refusesOptionsThatDoNotFit() {
        List<Map<String, Object>> wrong = List.of(
                Map.of(),
                Map.of("trust-domain", "spiffe://prod.example.com"),
                Map.of("trust-domain", "Prod.example.com"),
                Map.of("trust-domain", "prod.example.com:8443"),
                Map.of("trust-domain", "x".repeat(256)),
                Map.of("subject", "cn"),
                Map.of("subject", "dns", "dns-names", "all"),
                Map.of("subject", "subject-dn", "groups", "cn"));

        for (Map<String, Object> options : wrong) {
            assertThatThrownBy(() -> provider(options)).isInstanceOf(InvalidOptionException.class);
        }
    }
}
