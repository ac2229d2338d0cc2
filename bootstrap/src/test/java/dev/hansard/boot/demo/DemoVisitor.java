// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.e2e.Cookies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/** Somebody with a browser who picks one person of the demo. */
final class DemoVisitor implements AutoCloseable {
    private final String person;
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new Cookies())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    DemoVisitor(String person) {
        this.person = person;
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
