// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A Keycloak in a process of its own, unpacked from its distribution, with the realms {@code services}, {@code
 * people}, {@code others} and, for SAML, {@code staff}. It never outlives its test.
 */
final class Keycloak implements AutoCloseable {
    private static final Duration UNPACKING_LIMIT = Duration.ofMinutes(2);
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADMIN = "admin";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String url;
    private final Process process;

    private Keycloak(String url, Process process) {
        this.url = url;
        this.process = process;
    }

    /** Where the distribution is, or should be; {@code .ci/setup} gets it. */
    static Path distribution() {
        return Path.of(System.getProperty("hansard.keycloak", "keycloak.tar.gz"));
    }

    /** One that answers, with all its files and its output under {@code folder}. */
    static Keycloak start(Path folder) throws IOException {
        unpack(folder);
        for (String realm : List.of("services", "people", "others", "staff")) {
            importing(realm, folder.resolve("data/import"));
        }
        int port = freePort();
        var builder = new ProcessBuilder(
                        folder.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + freePort(),
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keycloak.out").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        var keycloak = new Keycloak("http://127.0.0.1:" + port, builder.start());
        try {
            keycloak.awaitRealms(folder);
            return keycloak;
        } catch (RuntimeException | Error e) {
            keycloak.close();
            throw e;
        }
    }

    private static void unpack(Path folder) throws IOException {
        List<String> command =
                List.of("tar", "-xzf", distribution().toString(), "-C", folder.toString(), "--strip-components=1");
        Process tar = new ProcessBuilder(command).inheritIO().start();
        try {
            if (tar.waitFor(UNPACKING_LIMIT.toSeconds(), TimeUnit.SECONDS) && tar.exitValue() == 0) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        tar.destroyForcibly();
        throw new IllegalStateException(distribution() + " cannot be unpacked; remove it and run .ci/setup again");
    }

    private static void importing(String realm, Path folder) throws IOException {
        Files.createDirectories(folder);
        String name = realm + "-realm.json";
        try (InputStream file = Keycloak.class.getResourceAsStream("keycloak/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the test's resource keycloak/" + name + " is missing");
            }
            Files.copy(file, folder.resolve(name));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitRealms(Path folder) {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("Keycloak ended with " + process.exitValue() + ": "
                        + Files.readString(folder.resolve("keycloak.out")));
            }
            try {
                return ask(HttpRequest.newBuilder(URI.create(issuer("others") + "/.well-known/openid-configuration")))
                                .statusCode()
                        == 200;
            } catch (UncheckedIOException _) {
                return false;
            }
        });
    }

    String issuer(String realm) {
        return url + "/realms/" + realm;
    }

    /** An access token by the client credentials grant. */
    String token(String realm, String client) {
        String credentials = client + ":" + client + "-secret";
        return grant(
                realm,
                "grant_type=client_credentials",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private String grant(String realm, String form, String authorization) {
        var request = HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString(form));
        return parse(expect(200, request)).get("access_token").asText();
    }

    /** An assertion about alice, of the ECP profile, for an address of its client's choice. */
    String assertion(String client, String recipient) {
        String request =
                """
                <S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><samlp:AuthnRequest \
                xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" \
                ID="_%s" Version="2.0" IssueInstant="%s" \
                ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:PAOS" AssertionConsumerServiceURL="%s">\
                <saml:Issuer>%s</saml:Issuer></samlp:AuthnRequest></S:Body></S:Envelope>""".formatted(UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.SECONDS), recipient, client);
        String credentials = Base64.getEncoder().encodeToString("alice:alice-pw".getBytes(StandardCharsets.UTF_8));
        String soap = expect(
                200,
                HttpRequest.newBuilder(URI.create(issuer("staff") + "/protocol/saml"))
                        .header("Content-Type", "text/xml")
                        .header("Authorization", "Basic " + credentials)
                        .POST(BodyPublishers.ofString(request)));
        return KeycloakSamlIT.assertionIn(soap);
    }

    /** The document of the realm's keys as it is now. */
    String keys(String realm) {
        return expect(200, HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/certs")));
    }

    /** Makes the realm sign with a new RSA key from now on; the ones before stay published. */
    void rotate(String realm, int priority) {
        var component = JSON.createObjectNode()
                .put("name", "rsa-" + priority)
                .put("providerId", "rsa-generated")
                .put("providerType", "org.keycloak.keys.KeyProvider");
        component.putObject("config").set("priority", JSON.createArrayNode().add(Integer.toString(priority)));
        expect(
                201,
                HttpRequest.newBuilder(URI.create(url + "/admin/realms/" + realm + "/components"))
                        .header("Authorization", "Bearer " + adminToken())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(component.toString())));
    }

    private String adminToken() {
        var request = HttpRequest.newBuilder(URI.create(issuer("master") + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=password&client_id=admin-cli&username=" + ADMIN + "&password=" + ADMIN));
        return parse(expect(200, request)).get("access_token").asText();
    }

    private String expect(int status, HttpRequest.Builder request) {
        HttpResponse<String> answer = ask(request);
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer + " with " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        // The script's JVM first: without its parent it would go on.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
