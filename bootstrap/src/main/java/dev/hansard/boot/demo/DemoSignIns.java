// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Person;
import dev.hansard.boot.wiring.NodeClock;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People who are about to sign in: with a browser by the code flow with PKCE, and for a command line by the device flow.
 * Nobody is asked for a password; who they are is picked from a list. Safe for any number of threads.
 */
final class DemoSignIns {
    /** How long a code is good for. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final int MOST = 100;
    private static final int BYTES = 24;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ"; // RFC 8628 section 6.1: no words, nothing alike.

    private final NodeClock clock;

    // Guarded by this.
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<String, Picked> codes = new LinkedHashMap<>();
    private final Map<String, Device> devices = new LinkedHashMap<>();

    DemoSignIns(NodeClock clock) {
        this.clock = clock;
    }

    /** What a browser came with. */
    private record Asked(
            String back, String state, @Nullable String nonce, String challenge, Instant until) {}

    /** What a code is for. */
    private record Picked(Person person, Asked asked) {}

    private record Device(String typed, @Nullable Person person, Instant until) {}

    /**
     * Who a token is for.
     *
     * @param nonce null when it was asked for without one
     */
    record Proof(Person person, @Nullable String nonce) {}

    /** What is told to whoever signs a person in on another device. */
    record Begun(String deviceCode, String typed) {}

    /** A browser that was sent here; what it has to show for its pick, or null when the request is none of ours. */
    synchronized @Nullable String ask(Map<String, String> query) {
        String back = query.getOrDefault("redirect_uri", "");
        String challenge = query.getOrDefault("code_challenge", "");
        boolean isOurs = DemoCast.CONSOLE.id().equals(query.get("client_id"))
                && "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && !challenge.isEmpty()
                && isOnThisMachine(back);
        if (!isOurs) {
            return null;
        }
        String id = random();
        var one = new Asked(back, query.getOrDefault("state", ""), query.get("nonce"), challenge, end());
        put(asked, id, one);
        return id;
    }

    private static boolean isOnThisMachine(String back) {
        try {
            var uri = new URI(back);
            return "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && LOOPBACK.contains(uri.getHost())
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /** Somebody picked who they are; where their browser goes with it, or null when they were too slow. */
    synchronized @Nullable String pick(String id, Person person, String issuer) {
        Asked one = asked.remove(id);
        if (one == null || isOver(one.until())) {
            return null;
        }
        String code = random();
        put(codes, code, new Picked(person, one));
        return one.back() + "?code=" + code + "&state=" + encoded(one.state()) + "&iss=" + encoded(issuer);
    }

    /** Who a code is for, for the last time; null when it is for nobody, or not for who has this verifier. */
    synchronized @Nullable Proof redeem(String code, String verifier, String back) {
        Picked picked = codes.remove(code);
        return picked == null
                        || isOver(picked.asked().until())
                        || !picked.asked().back().equals(back)
                        || !picked.asked().challenge().equals(challenge(verifier))
                ? null
                : new Proof(picked.person(), picked.asked().nonce());
    }

    synchronized Begun begin() {
        var typed = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            typed.append(i == 4 ? "-" : "")
                    .append(LETTERS.charAt(clock.secrets().nextInt(LETTERS.length())));
        }
        String code = random();
        put(devices, code, new Device(typed.toString(), null, end()));
        return new Begun(code, typed.toString());
    }

    /** Somebody typed in a code, and picked who they are; false when there is no such code. */
    synchronized boolean approve(String typed, Person person) {
        for (Map.Entry<String, Device> entry : devices.entrySet()) {
            Device device = entry.getValue();
            if (device.typed().equals(typed) && device.person() == null && !isOver(device.until())) {
                entry.setValue(new Device(typed, person, device.until()));
                return true;
            }
        }
        return false;
    }

    /** Whether a code is known that nobody used so far. */
    synchronized boolean isWaiting(String typed) {
        return devices.values().stream()
                .anyMatch(device -> device.typed().equals(typed) && device.person() == null && !isOver(device.until()));
    }

    /** How far a sign-in on another device is. */
    sealed interface Progress {
        record Waiting() implements Progress {}

        record Over() implements Progress {}

        record Done(Proof proof) implements Progress {}
    }

    synchronized Progress poll(String deviceCode) {
        Device device = devices.get(deviceCode);
        if (device == null || isOver(device.until())) {
            return new Progress.Over();
        }
        if (device.person() == null) {
            return new Progress.Waiting();
        }
        devices.remove(deviceCode);
        return new Progress.Done(new Proof(device.person(), null));
    }

    private static <T> void put(Map<String, T> among, String key, T one) {
        if (among.size() >= MOST) {
            among.remove(among.keySet().iterator().next());
        }
        among.put(key, one);
    }

    private Instant end() {
        return clock.wall().instant().plus(LIFE);
    }

    private boolean isOver(Instant until) {
        return !clock.wall().instant().isBefore(until);
    }

    private String random() {
        var bytes = new byte[BYTES];
        clock.secrets().nextBytes(bytes);
        return TEXT.encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] bytes = verifier.getBytes(StandardCharsets.US_ASCII);
            return TEXT.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
