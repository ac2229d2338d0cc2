// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What an issuer publishes, and how often it was asked; goes down and up again at a word. */
public final class Published implements Fetch {
    public static final URI PLACE = URI.create("https://id.example.com/realms/services/certs");

    private final AtomicInteger asked = new AtomicInteger();
    private volatile String document = "{}";
    private volatile boolean down;
    private volatile @Nullable CountDownLatch gate;

    public static Published keys(SigningKey... keys) {
        var published = new Published();
        published.publish(keys);
        return published;
    }

    public static String set(SigningKey... keys) {
        List<?> jwks = Arrays.stream(keys).map(SigningKey::jwk).toList();
        return JsonText.of(Map.of("keys", jwks));
    }

    public void publish(SigningKey... keys) {
        document = set(keys);
    }

    public void publish(String text) {
        document = text;
    }

    public void goDown() {
        down = true;
    }

    public void comeUp() {
        down = false;
    }

    /** Lets nobody through until the latch is opened. */
    public void holdUp(CountDownLatch latch) {
        gate = latch;
    }

    public int asked() {
        return asked.get();
    }

    public KeyPublication publication() {
        return KeyPublication.at(PLACE, this);
    }

    @Override
    public byte[] get(URI uri) throws IOException, InterruptedException {
        asked.incrementAndGet();
        CountDownLatch latch = gate;
        if (latch != null) {
            latch.await();
        }
        if (down) {
            throw new IOException("connection refused");
        }
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
