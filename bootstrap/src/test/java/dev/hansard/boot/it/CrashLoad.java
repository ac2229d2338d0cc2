// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One cycle's callers. They call until the node is gone, and remember which answers they have got whole. */
final class CrashLoad {
    static final int HALF = 4096;
    static final int WHOLE = 2 * HALF;
    private static final long END_LIMIT_SECONDS = 60;

    private final String folder;
    private final int port;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch halfReceived = new CountDownLatch(1);

    /** @param folder the first segment of every target of this cycle */
    CrashLoad(String folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** The other side: small answers, and one that stops half way. */
    static Upstream upstream() {
        return new Upstream((head, content, out) -> {
            content.transferTo(OutputStream.nullOutputStream());
            if (head.target().endsWith("/half")) {
                half(out);
            } else {
                Upstream.write(out, "", "answer to " + head.target());
            }
        });
    }

    private static void half(OutputStream out) throws IOException, InterruptedException {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + WHOLE + "\r\n\r\n";
        out.write((head + "h".repeat(HALF)).getBytes(StandardCharsets.ISO_8859_1));
        // The rest is never sent; the process is killed before.
        new CountDownLatch(1).await(END_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    void start(int callers) {
        threads.execute(this::callHalf);
        for (int i = 0; i < callers; i++) {
            String name = "t" + i;
            threads.execute(() -> callOn(name));
        }
    }

    private void callOn(String name) {
        try (Caller caller = Caller.to(port)) {
            for (int i = 0; ; i++) {
                String target = "/" + folder + "/" + name + "-" + i;
                Caller.Reply reply = i % 3 == 0 ? caller.post(target, "content of " + target) : caller.get(target);
                if (reply.status() != 200 || !reply.content().equals("answer to " + target)) {
                    throw new IllegalStateException(target + " was answered " + reply);
                }
                acknowledged.put(target, reply.session());
            }
        } catch (IOException _) {
            // The node was killed.
        } catch (IllegalStateException e) {
            acknowledged.put("wrong " + e.getMessage(), "");
        }
    }

    private void callHalf() {
        try (Caller caller = Caller.to(port)) {
            caller.send("GET", halfTarget(), "");
            Wire.Head head = caller.head();
            // The last byte that has come may wait for the record; all before it must not.
            caller.wire().content(head).readNBytes(HALF - 1);
            halfReceived.countDown();
            caller.wire().content(head).readAllBytes();
        } catch (IOException _) {
            // The node was killed.
        }
    }

    String halfTarget() {
        return "/" + folder + "/half";
    }

    /** Whether the caller of the half answer has it; waits for it. */
    boolean awaitHalf() throws InterruptedException {
        return halfReceived.await(END_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Session by target, of each call that was answered whole. Complete after {@link #awaitEnd}. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    /** Waits until every caller has noticed that the node is gone. */
    void awaitEnd() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
            throw new IllegalStateException("callers go on after the node was killed");
        }
    }
}
