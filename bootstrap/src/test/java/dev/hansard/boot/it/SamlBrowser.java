// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person's browser between a node and Keycloak. What it shows to the node is written out, because what comes with a
 * post from another site, and what does not, is the point.
 */
final class SamlBrowser {
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern NEXT = Pattern.compile("url=([^\"]+)\"");

    /** Keeps Keycloak's cookies: who has signed in there need not again. */
    private final HttpClient keycloak = HttpClient.newBuilder()
            .cookieHandler(new Cookies())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String admin;

    SamlBrowser(String admin) {
        this.admin = admin;
    }

    /**
     * What Keycloak had the browser post.
     *
     * @param cookie of the attempt, as the browser holds it
     * @param xml the response
     */
    record Answer(String provider, String cookie, String relayState, String xml) {}

    /**
     * As a browser holds them, which takes this machine for secure: the JDK's own keeps back what is for
     * https only.
     */
    private static final class Cookies extends CookieHandler {
        private final Map<String, String> held = new ConcurrentHashMap<>();

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> fields) {
            String all = held.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            return all.isEmpty() ? Map.of() : Map.of("Cookie", List.of(all));
        }

        @Override
        public void put(URI uri, Map<String, List<String>> fields) {
            for (String line : fields.getOrDefault("set-cookie", List.of())) {
                String[] cookie = line.split(";", 2)[0].split("=", 2);
                if (line.contains("Max-Age=0")) {
                    held.remove(cookie[0]);
                } else {
                    held.put(cookie[0], cookie[1]);
                }
            }
        }
    }

    /** Begins an attempt and signs in at Keycloak. */
    Answer signInAtKeycloak(String provider) throws IOException, InterruptedException {
        HttpResponse<String> begun = client.send(
                HttpRequest.newBuilder(URI.create(admin + "/login/" + provider)).build(), BodyHandlers.ofString());
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        String cookie = cookie(begun, "hansard-signin");
        var away = URI.create(begun.headers().firstValue("Location").orElseThrow());
        String page = keycloak.send(HttpRequest.newBuilder(away).build(), BodyHandlers.ofString())
                .body();
        if (!page.contains("SAMLResponse")) {
            var form = HttpRequest.newBuilder(URI.create(unescaped(group(ACTION, page))))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("username=alice&password=alice-pw"));
            page = keycloak.send(form.build(), BodyHandlers.ofString()).body();
        }
        assertThat(unescaped(group(ACTION, page))).isEqualTo(admin + "/login/" + provider + "/callback");
        byte[] xml = Base64.getMimeDecoder().decode(unescaped(input(page, "SAMLResponse")));
        return new Answer(
                provider, cookie, unescaped(input(page, "RelayState")), new String(xml, StandardCharsets.UTF_8));
    }

    static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "=") && !cookie.contains("Max-Age=0"))
                .map(cookie -> cookie.split(";", 2)[0])
                .findFirst()
                .orElseThrow();
    }

    private static String input(String page, String name) {
        Pattern value = Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
        return group(value, page);
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String unescaped(String html) {
        return html.replace("&#x2b;", "+")
                .replace("&#43;", "+")
                .replace("&#x3d;", "=")
                .replace("&#61;", "=")
                .replace("&#x2f;", "/")
                .replace("&amp;", "&");
    }

    static String base64(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** Posts as a page of Keycloak makes the browser do: from another site, and so without our cookies. */
    HttpResponse<String> post(Answer answer, String samlResponse) throws IOException, InterruptedException {
        String form = "SAMLResponse=" + encoded(samlResponse) + "&RelayState=" + encoded(answer.relayState());
        var request = HttpRequest.newBuilder(URI.create(admin + "/login/" + answer.provider() + "/callback"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "null")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document")
                .POST(BodyPublishers.ofString(form));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Goes on from the page that the post was answered with, and shows a cookie, maybe somebody else's. */
    HttpResponse<String> goOn(HttpResponse<String> page, String cookie) throws IOException, InterruptedException {
        return get(unescaped(group(NEXT, page.body())), cookie);
    }

    HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(admin + path)).header("Cookie", cookie);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
