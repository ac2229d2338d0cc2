// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static dev.hansard.boot.settings.Configurations.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake is refused at its place. A bar stands for a line end. */
class RefusalsTest {
    private static final String HEAD = "version: 1|services: { a: http://a }|";

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            2:12: error: listeners must be a mapping of names, but is text ~ listeners
            :2:14: error: listeners.edge.address is missing ~ { edge: {} }
            2:31: error: listeners.edge.address must be an address such as 127.0.0.1:8080 or [::1]:8080, but is '8080' ~ { edge: { address: 8080 } }
            hint: the port is missing ~ { edge: { address: localhost } }
            hint: the port is 0 to 65535 ~ { edge: { address: 'localhost:70000' } }
            hint: write 127.0.0.1 for this machine only ~ { edge: { address: ':8080' } }
            hint: IPv6 addresses stand in brackets ~ { edge: { address: '::1:8080' } }
            edge.address is not on loopback, but the listener has no identity ~ { edge: { address: '0.0.0.0:8080' } }
            write identity: [anyone] here, and identity: { providers: { anyone: { type: anonymous } } } ~ { edge: { address: '0.0.0.0:8080' } }
            listeners.b.address is taken by listener 'a' ~ { a: { address: 'localhost:1' }, b: { address: '127.0.0.1:1' } }
            listeners.edge.identity[0] names no identity provider ~ { edge: { address: 'localhost:1', identity: [nobody] } }
            listeners.edge.tls.key-file is missing ~ { edge: { address: 'localhost:1', tls: { cert-file: a } } }
            edge.protocols[1] 'h2' is not available yet ~ { edge: { address: 'localhost:1', protocols: [http/1.1, h2] } }
            listeners.edge.protocols is empty ~ { edge: { address: 'localhost:1', protocols: [] } }
            header-bytes must be a size from 1KiB to 1MiB, but is '1B' ~ { edge: { address: 'localhost:1', limits: { header-bytes: 1B } } }
            connections must be a whole number from 1 to 1000000, but is '0' ~ { edge: { address: 'localhost:1', limits: { connections: 0 } } }
            idle must be a duration such as 500ms, 60s, 5m, 12h or 30d, but is '60' ~ { edge: { address: 'localhost:1', timeouts: { idle: 60 } } }
            hint: add a unit: ms, s, m, h or d ~ { edge: { address: 'localhost:1', timeouts: { idle: 60 } } }
            idle must be a duration of at most 1d, but is '2d' ~ { edge: { address: 'localhost:1', timeouts: { idle: 2d } } }
            min-rate must be a rate such as 1KiB/s, but is '1KiB' ~ { edge: { address: 'localhost:1', timeouts: { min-rate: 1KiB } } }
            trace-context must be one of propagate, restart, but is 'restrat' ~ { edge: { address: 'localhost:1', trace-context: restrat } }
            hint: did you mean 'restart'? ~ { edge: { address: 'localhost:1', trace-context: restrat } }
            the name in listeners.Edge must be 1 to 63 of a-z 0-9 - ~ { Edge: { address: 'localhost:1' } }
            unknown key 'adress' in listeners.edge ~ { edge: { adress: 'localhost:1' } }
            hint: did you mean 'address'? ~ { edge: { adress: 'localhost:1' } }
            """)
    void refusesWrongListeners(String expected, String listeners) {
        String problems = problems("version: 1\nlisteners: " + listeners + "\nservices: { a: http://a }\n");

        assertThat(problems).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            services.a.upstream is missing ~ { a: {} }
            services.a must be a mapping, but is a list ~ { a: [] }
            services.a.upstream must be a URL such as http://localhost:9001, but is 'localhost:9001' ~ { a: localhost:9001 }
            hint: add http:// or https:// ~ { a: localhost:9001 }
            without a user and password, but is 'http://u:p@h' ~ { a: 'http://u:p@h' }
            without path or query, but is 'http://h/v1' ~ { a: 'http://h/v1' }
            without path or query, but is 'http://h?x' ~ { a: 'http://h?x' }
            hint: the port is 1 to 65535 ~ { a: 'http://h:0' }
            hint: the host is not a host name or an IP address ~ { a: 'http://-h' }
            hint: the host is not a host name or an IP address ~ { a: 'http://1.2.3.400' }
            services.a.upstream.urls is missing ~ { a: { upstream: {} } }
            services.a.upstream has both url and urls ~ { a: { upstream: { url: 'http://h', urls: ['http://h'] } } }
            services.a.upstream.urls[1] is in the list twice ~ { a: { upstream: { urls: ['http://h', 'http://h:80/'] } } }
            services.a.upstream.urls mixes http and https ~ { a: { upstream: { urls: ['http://h', 'https://h'] } } }
            services.a.upstream.tls is set, but no url is https ~ { a: { upstream: { url: 'http://h', tls: { ca-file: f } } } }
            balance 'least-requests' is not available yet ~ { a: { upstream: { url: 'http://h', balance: least-requests } } }
            balance must be one of round-robin, but is 'random' ~ { a: { upstream: { url: 'http://h', balance: random } } }
            services.a.match is empty, so that nothing could reach the service ~ { a: { upstream: 'http://h', match: [] } }
            services.a.match must be a list, but is a mapping ~ { a: { upstream: 'http://h', match: {} } }
            services.a.match[0] matches nothing in particular ~ { a: { upstream: 'http://h', match: [{}] } }
            services.a.match[0].listener names no listener ~ { a: { upstream: 'http://h', match: [{ listener: defualt }] } }
            hint: did you mean 'default'? ~ { a: { upstream: 'http://h', match: [{ listener: defualt }] } }
            hint: wildcards are not available yet ~ { a: { upstream: 'http://h', match: [{ host: '*.h' }] } }
            host must be a host name such as payments.example.com, but is 'h:80' ~ { a: { upstream: 'http://h', match: [{ host: 'h:80' }] } }
            hint: it starts with / ~ { a: { upstream: 'http://h', match: [{ path-prefix: p }] } }
            hint: leave out the / at its end ~ { a: { upstream: 'http://h', match: [{ path-prefix: /p/ }] } }
            hint: no empty or dot segments ~ { a: { upstream: 'http://h', match: [{ path-prefix: /p/../q }] } }
            hint: no empty or dot segments ~ { a: { upstream: 'http://h', match: [{ path-prefix: '//p' }] } }
            hint: no empty or dot segments ~ { a: { upstream: 'http://h', match: [{ path-prefix: /%70 }] } }
            hint: /.hansard is Hansard's own ~ { a: { upstream: 'http://h', match: [{ path-prefix: /.hansard/x }] } }
            strip-prefix is true, but there is no path-prefix ~ { a: { upstream: 'http://h', match: [{ host: h, strip-prefix: true }] } }
            strip-prefix must be true or false, but is 'true' ~ { a: { upstream: 'http://h', match: [{ path-prefix: /h, strip-prefix: 'true' }] } }
            a match of service 'b' wants the same calls as service 'a' ~ { a: 'http://h', b: { upstream: 'http://h', match: [{ path-prefix: /a }] } }
            a match of service 'a' wants the same calls as another match of it ~ { a: { upstream: 'http://h', match: [{ host: h }, { host: H, listener: default }] } }
            services.a.record.websocket is not available yet ~ { a: { upstream: 'http://h', record: { websocket: true } } }
            body-bytes must be a size from 0B to 1GiB, but is '2GiB' ~ { a: { upstream: 'http://h', record: { body-bytes: 2GiB } } }
            hint: quote it: "1" ~ { a: { upstream: 'http://h', match: [{ listener: 1 }] } }
            services.a.labels must be a mapping of names ~ { a: { upstream: 'http://h', labels: [tier] } }
            the name in services.a.b must be 1 to 63 of a-z 0-9 - ~ { a.b: 'http://h' }
            services.a.upstream must not be empty ~ { a: { upstream: '' } }
            """)
    void refusesWrongServices(String expected, String services) {
        String problems = problems("version: 1\nservices: " + services + "\n");

        assertThat(problems.replace("must be a URL such as http://localhost:9001, but is ''", "must not be empty"))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            3:10: error: admin.address is not on loopback, but whoever comes is not asked who they are ~ admin: { address: '0.0.0.0:9000' }
            admin.address is not on loopback ~ admin: { address: '0.0.0.0:9000', public-url: 'https://h' }
            admin.public-url must be an https URL ~ admin: { public-url: 'http://h.example.com' }
            admin.public-url must be an https URL ~ admin: { public-url: 'https://h.example.com/hansard' }
            admin.session.idle must be more than 0 ~ admin: { session: { idle: 13h } }
            admin.login[0] names nothing that people sign in with ~ admin: { login: [corp] }
            admin.address is taken by listener 'default' ~ admin: { address: '127.0.0.1:8080' }
            identity.providers.a.metadata-url is missing ~ identity: { providers: { a: { type: saml } } }
            identity.providers.a.entity-id must be the URI ~ identity: { providers: { a: { type: saml, metadata-file: m.xml, entity-id: hansard } } }
            identity.providers.a.token-url must be an https URL ~ identity: { providers: { a: { type: saml, metadata-file: m.xml, entity-id: 'https://h', token-url: 'http://h/t' } } }
            did you mean 'entity-id'? ~ identity: { providers: { a: { type: saml, metadata-file: m.xml, entity-id: 'https://h', entity-ids: x } } }
            3:29: error: identity.providers.a.trust-domain is missing ~ identity: { providers: { a: { type: mtls } } }
            3:57: error: identity.providers.a.trust-domain must be the name of a trust domain ~ identity: { providers: { a: { type: mtls, trust-domain: 'spiffe://x' } } }
            unknown key 'trust-domain' in identity.providers.a ~ identity: { providers: { a: { type: mtls, subject: dns, trust-domain: x } } }
            identity.providers.a.type must be one of anonymous, api-key, jwt, mtls, saml, oidc, but is 'acme' ~ identity: { providers: { a: { type: acme, header: x } } }
            identity.providers.a.type is missing ~ identity: { providers: { a: {} } }
            identity.providers.a must be a mapping, but is text ~ identity: { providers: { a: anonymous } }
            unknown key 'group' in identity.providers.a ~ identity: { providers: { a: { type: anonymous, group: [] } } }
            did you mean 'groups'? ~ identity: { providers: { a: { type: anonymous, group: [] } } }
            a type of your own comes as a jar in plugins ~ identity: { providers: { a: { type: acme, header: x } } }
            3:57: error: identity.providers.a.subject must be text, but is a number ~ identity: { providers: { a: { type: anonymous, subject: 1 } } }
            storage.encryption.key-file is missing ~ storage: { encryption: {} }
            storage.encryption.key-file must be an absolute path, such as /etc/hansard/kek, but is 'kek' ~ storage: { encryption: { key-file: kek } }
            key-file must be the path of a file, or its content ~ storage: { encryption: { key-file: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\\nmore" } }
            storage.encryption.per-session must be true or false, but is 'always' ~ storage: { encryption: { key-file: /k, per-session: always } }
            hint: did you mean 'key-file'? ~ storage: { encryption: { key-file: /k, key-fiel: /k } }
            storage.encryption.transit.token-file is missing ~ storage: { encryption: { transit: { address: 'https://v', key: k } } }
            transit.address must be a URL such as https://vault:8200 (http only on this machine), but is 'http://v' ~ storage: { encryption: { transit: { address: 'http://v', key: k, token-file: /t } } }
            transit.key must be of letters, digits, dots, dashes and underscores, but is '../k' ~ storage: { encryption: { transit: { address: 'https://v', key: ../k, token-file: /t } } }
            unknown key 'tokn' in storage.encryption.transit ~ storage: { encryption: { transit: { address: 'https://v', key: k, token-file: /t, tokn: /t } } }
            unknown key 'key-file' in storage.encryption ~ storage: { encryption: { key-file: /k, transit: { address: 'https://v', key: k, token-file: /t } } }
            storage.catalog.url is missing ~ storage: { catalog: { type: postgresql } }
            storage.catalog.url must be a URL such as jdbc:postgresql://db:5432/hansard ~ storage: { catalog: { type: postgresql, url: x } }
            storage.catalog.url must be without the password ~ storage: { catalog: { type: postgresql, url: 'jdbc:postgresql://h/d?password=x' } }
            storage.catalog.pool must be ~ storage: { catalog: { type: postgresql, url: 'jdbc:postgresql://h/d', pool: 1 } }
            storage.catalog.schema must be ~ storage: { catalog: { type: postgresql, url: 'jdbc:postgresql://h/d', schema: 'a;b' } }
            unknown key 'urls' in storage.catalog ~ storage: { catalog: { type: postgresql, url: 'jdbc:postgresql://h/d', urls: x } }
            storage.payloads.endpoint is missing ~ storage: { payloads: { type: minio, bucket: abc } }
            storage.payloads.endpoint must be http:// or https:// with host and port and nothing else ~ storage: { payloads: { type: minio, endpoint: 'ftp://h', bucket: abc } }
            storage.payloads.bucket must be 3 to 63 of a-z 0-9 . - that begin and end with a letter or digit ~ storage: { payloads: { type: minio, endpoint: 'http://h', bucket: A } }
            storage.payloads.access-key is missing ~ storage: { payloads: { type: minio, endpoint: 'http://h', bucket: abc } }
            storage.payloads.object-lock must be none, governance or compliance ~ storage: { payloads: { type: minio, endpoint: 'http://h', bucket: abc, access-key: "${env:A:-a}", secret-key: "${env:A:-a}", object-lock: yes } }
            storage.spool.max must be a size from 128MiB to 1TiB, but is '1MiB' ~ storage: { spool: { max: 1MiB } }
            storage.spool.reserve must be less than storage.spool.max ~ storage: { spool: { max: 1GiB, reserve: 1GiB } }
            seal-after must be a duration from 1s to 1h, but is '500ms' ~ storage: { spool: { seal-after: 500ms } }
            group-commit must be a duration of at most 1s, but is '2s' ~ storage: { spool: { group-commit: 2s } }
            retention.metadata must be ~ retention: { metadata: 13 months }
            3:32: error: retention.quota.default must be a size from 16MiB to 1024TiB, but is '1MiB' ~ retention: { quota: { default: 1MiB } }
            there is no service 'nobody' ~ retention: { quota: { services: { nobody: 1GiB } } }
            retention.quota.alert-at must be a percentage such as 85%, but is '85' ~ retention: { quota: { alert-at: [85] } }
            retention.quota.alert-at: the thresholds of alerts must go up between 3 and 100 percent ~ retention: { quota: { alert-at: [85%, 70%] } }
            retention.quota.when-full must be one of prune-oldest, reject, but is 'prune' ~ retention: { quota: { when-full: prune } }
            unknown key 'service' in retention.quota ~ retention: { quota: { service: {} } }
            sinks.s.type is missing ~ sinks: { s: { url: 'http://h' } }
            sinks.s.type must be webhook, but is 'hook' ~ sinks: { s: { type: hook } }
            sinks.s.type 'syslog' is not available yet ~ sinks: { s: { type: syslog } }
            sinks.s.url cannot be used: the URL of sink s must begin with https:// or http:// ~ sinks: { s: { type: webhook, url: 'ftp://h', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw } }
            sinks.s.secret cannot be used: the secret of a webhook must be whsec_ and base64 of 24 to 64 bytes ~ sinks: { s: { type: webhook, url: 'http://h', secret: short } }
            sinks.s.secret stands in the file for all who may read it ~ sinks: { s: { type: webhook, url: 'http://h', secret: short } }
            sinks.s.events 'session' is not available yet ~ sinks: { s: { type: webhook, url: 'http://h', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, events: [session] } }
            sinks.s.events names no event 'alrt' ~ sinks: { s: { type: webhook, url: 'http://h', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, events: [alrt] } }
            unknown key 'urls' in sinks.s ~ sinks: { s: { type: webhook, url: 'http://h', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, urls: x } }
            sinks.S: a name has 1 to 63 of a-z ~ sinks: { S: { type: webhook } }
            3:23: error: retention.default must be a duration of at least 1h, but is '5m' ~ retention: { default: 5m }
            retention.classes.PCI: retention class 'PCI' must be 1 to 32 ~ retention: { classes: { PCI: 365d } }
            retention.classes.default is written as retention.default ~ retention: { classes: { default: 365d } }
            there is no retention class 'pic' ~ retention: { classes: { pci: 1d }, rules: [{ when: { method: GET }, class: pic }] }
            did you mean 'pci'? ~ retention: { classes: { pci: 1d }, rules: [{ when: { method: GET }, class: pic }] }
            retention.rules[0] needs both when and class ~ retention: { rules: [{ class: default }] }
            retention.rules[0].when names no condition ~ retention: { rules: [{ when: {}, class: default }] }
            status '>=abc' must look like ~ retention: { rules: [{ when: { status: ">=abc" }, class: default }] }
            there is no service 'nobody' ~ retention: { rules: [{ when: { service: nobody }, class: default }] }
            retention.schedule must be five fields of cron ~ retention: { schedule: daily }
            telemetry.log.level must be one of debug, error, info, trace, warn, but is 'inof' ~ telemetry: { log: { level: inof } }
            storage must be a mapping, but is a number ~ storage: 1
            storage must be a mapping, but is empty ~ storage:
            3:1: error: unknown key 'retenion' ~ retenion: {}
            """)
    void refusesWrongSettingsOfTheNode(String expected, String section) {
        String problems = problems(HEAD.replace('|', '\n') + section + "\n");

        assertThat(problems).contains(expected);
    }

    @Test
    void refusesAProviderThatIsNeverAsked() {
        String problems = problems("""
                version: 1
                listeners: { edge: { address: 0.0.0.0:1, identity: [a, b] } }
                identity: { providers: { a: { type: anonymous }, b: { type: anonymous } } }
                services: { a: http://a }
                """);

        assertThat(problems)
                .contains("2:56: error: listeners.edge.identity[1] is never asked: 'a' before it takes every caller");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            4:67: error: listeners.edge.tls.client-ca-file is missing ~ client-auth: required
            4:67: error: listeners.edge.tls.client-ca-file is set, but callers are asked for no certificate ~ client-ca-file: ca
            4:86: error: listeners.edge.tls.client-ca-file is set, but ~ client-auth: none, client-ca-file: ca
            4:80: error: listeners.edge.tls.client-auth must be one of none, optional, required ~ client-auth: maybe
            """)
    void refusesAskingForCertificatesByHalf(String expected, String settings) {
        String problems = problems("""
                version: 1
                services: { a: http://a }
                listeners:
                  edge: { address: 127.0.0.1:1, tls: { cert-file: c, key-file: k, %s } }
                """.formatted(settings));

        assertThat(problems).contains(expected);
        assertThat(problems.lines().filter(line -> line.contains(": error: "))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listeners: { edge: { address: 127.0.0.1:1, identity: [a] } }",
                "listeners: { edge: { address: 127.0.0.1:1, identity: [a], tls: { cert-file: c, key-file: k } } }",
                "admin: { identity: [a] }",
            })
    void refusesAProviderThatWouldNeverSeeACertificate(String where) {
        for (String provider : List.of(
                "type: mtls, trust-domain: x", "type: jwt, issuer: 'https://i', audience: x, require-bound: mtls")) {
            String problems = problems("""
                    version: 1
                    identity: { providers: { a: { %s } }, roles: { admin: { groups: [g] } } }
                    services: { a: http://a }
                    %s
                    """.formatted(provider, where));

            assertThat(problems).contains("identity[0] recognises nobody: 'a' needs client certificates");
            assertThat(problems.lines().filter(line -> line.contains(": error: ")))
                    .hasSize(1);
        }
    }

    @Test
    void takesAProviderWhereCertificatesAreAskedFor() {
        String problems = problems("""
                version: 1
                listeners:
                  edge:
                    address: 0.0.0.0:1
                    tls: { cert-file: c, key-file: k, client-auth: optional, client-ca-file: ca }
                    identity: [a, b, c]
                identity:
                  providers:
                    a: { type: mtls, trust-domain: prod.example.com, groups: ou }
                    b: { type: mtls, subject: dns, dns-names: first }
                    c: { type: mtls, subject: subject-dn }
                services: { a: http://a }
                """);

        assertThat(problems).isEmpty();
    }

    @Test
    void saysNothingMoreAboutAProviderThatIsNotAvailable() {
        String problems = problems("""
                version: 1
                listeners: { edge: { address: 127.0.0.1:1, identity: [a] } }
                identity: { providers: { a: { type: saml } } }
                services: { a: http://a }
                """);

        assertThat(problems.lines().filter(line -> line.contains(": error: "))).hasSize(1);
    }

    @Test
    void refusesAFileWithoutVersionOrServices() {
        assertThat(problems("services: { a: http://a }")).startsWith("hansard.yaml:1:1: error: version is missing");
        assertThat(problems("version: 1")).startsWith("hansard.yaml:1:1: error: there are no services");
        assertThat(problems("version: '1'\nservices: { a: http://a }")).contains("version must be a number");
    }
}
