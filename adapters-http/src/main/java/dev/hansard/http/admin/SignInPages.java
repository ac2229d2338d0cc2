// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** The three pages that signing in needs. They have no script and no style, and load nothing. */
final class SignInPages {
    static final String PLAIN = "text/plain; charset=utf-8";

    private static final String HTML = "text/html; charset=utf-8";
    private static final int OK = 200;

    /** Not a sandbox: in one a page has no origin, and where it leads to would seem to be asked by another site. */
    private static final Field POLICY = new Field(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    private SignInPages() {}

    /** A list to choose from. */
    static Answer choice(List<String> providers, UnaryOperator<String> address) {
        var list = new StringBuilder();
        for (String provider : providers) {
            list.append("<li><a href=\"")
                    .append(escaped(address.apply(provider)))
                    .append("\">")
                    .append(escaped(provider))
                    .append("</a></li>");
        }
        return page("", "<h1>Sign in to Hansard with</h1><ul>" + list + "</ul>");
    }

    /** A page that leads on, for whoever is signed in. */
    static Answer onward(String path) {
        return leading(path, "You are signed in.");
    }

    /** A page between what another site had the browser post and what the browser then asks by itself. */
    static Answer through(String path) {
        return leading(path, "You are being signed in.");
    }

    private static Answer leading(String path, String words) {
        String address = escaped(path);
        return page(
                "<meta http-equiv=\"refresh\" content=\"0;url=" + address + "\">",
                "<p>" + words + " <a href=\"" + address + "\">Go on</a></p>");
    }

    private static Answer page(String head, String body) {
        String text = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Hansard</title>" + head
                + "</head><body>" + body + "</body></html>";
        return new Answer(OK, HTML, text.getBytes(StandardCharsets.UTF_8), List.of(POLICY));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
