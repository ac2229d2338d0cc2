// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser who picks one person of the demo. */
final class DemoVisitor implements AutoCloseable {
    private final String person;
    private final Cookies cookies = new Cookies();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    DemoVisitor(String person) {
        this.person = person;
    }

    /** As a browser holds them; the JDK's own shows them in the quotes of RFC 2109, as no browser does. */
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

    HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    /** Goes to the admin plane's login and clicks on the person; what the browser shows in the end. */
    HttpResponse<String> signIn(String admin) throws IOException, InterruptedException {
        return pickOn(get(admin + "/login"));
    }

    /** Clicks on the person. */
    HttpResponse<String> pickOn(HttpResponse<String> page) throws IOException, InterruptedException {
        var link = Pattern.compile("href=\"([^\"]*person=" + person + ")\"").matcher(page.body());
        if (!link.find()) {
            throw new AssertionError("nobody to pick: " + page.body());
        }
        return get(page.uri().resolve(link.group(1)).toString());
    }

    @Override
    public void close() {
        browser.close();
    }
}
