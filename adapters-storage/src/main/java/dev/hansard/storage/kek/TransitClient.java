// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks to the transit engine: {@code POST /v1/MOUNT/encrypt/KEY} and {@code .../decrypt/KEY}, with a token that is
 * read from its file each time, since an agent renews it there. Answers are bounded in time and size, and redirects are
 * not followed: the token goes to one address only.
 */
final class TransitClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int MAX_TOKEN = 8 * 1024;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1," + MAX_TOKEN + "}");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI address;
    private final String mount;
    private final String key;
    private final Path tokenFile;

    TransitClient(URI address, String mount, String key, Path tokenFile) {
        this.address = address;
        this.mount = mount;
        this.key = key;
        this.tokenFile = tokenFile;
    }

    String key() {
        return key;
    }

    /** The transit key's name as people know it. */
    String name() {
        return "transit key '" + key + "' at " + address + "/v1/" + mount;
    }

    /**
     * Asks for one thing.
     *
     * @param verb encrypt or decrypt
     * @param json without anything that needs an escape
     * @param answer the field of the answer's data that is wanted
     */
    String ask(String verb, String json, String answer) {
        String base = address.toString().replaceFirst("/+$", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/" + mount + "/" + verb + "/" + key))
                .timeout(ANSWER)
                .header("X-Vault-Token", token())
                .header("X-Vault-Request", "true")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                String body = new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
                return field(response.statusCode(), body, verb, answer);
            }
        } catch (IOException e) {
            throw new StorageException(name() + " cannot be reached; sessions wait for it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(name() + " was not waited for", e);
        }
    }

    private String field(int status, String body, String verb, String answer) {
        // Values are Base64 or vault:v1:...: nothing in them is ever escaped.
        Matcher found = Pattern.compile("\"" + answer + "\"\\s*:\\s*\"([A-Za-z0-9+/=:_-]{1,4096})\"")
                .matcher(body);
        if (status == 200 && found.find()) {
            return found.group(1);
        }
        // The body of a refusal can repeat what was asked, so it is not shown.
        String remedy = switch (status) {
            case 403 ->
                "let the policy of its token update " + mount + "/" + verb + "/" + key + ", and see that the"
                        + " token has not run out";
            case 404 -> "enable the transit engine there and make the key";
            case 400 -> "the key is another than the one that wrapped, or an older version than it may still use";
            case 503 -> "unseal it";
            default -> "look at its log";
        };
        throw new StorageException(name() + " answers " + status + " to " + verb + "; " + remedy);
    }

    private String token() {
        try {
            if (Files.size(tokenFile) <= MAX_TOKEN) {
                String token =
                        Files.readString(tokenFile, StandardCharsets.ISO_8859_1).strip();
                if (TOKEN.matcher(token).matches()) {
                    return token;
                }
            }
        } catch (IOException e) {
            throw new StorageException("storage.encryption.transit.token-file '" + tokenFile + "' cannot be read", e);
        }
        throw new StorageException(
                "storage.encryption.transit.token-file '" + tokenFile + "' must hold a token and nothing else");
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
