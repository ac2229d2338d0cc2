// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** As a browser holds them; the JDK's own shows them in the quotes of RFC 2109, as no browser does. */
public final class Cookies extends CookieHandler {
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

    /** The value of one; empty when there is none. */
    public String value(String name) {
        return held.getOrDefault(name, "");
    }
}
