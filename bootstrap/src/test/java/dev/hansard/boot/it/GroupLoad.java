// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Callers that go to another node as soon as theirs closes the connection or takes none, as a load balancer has them
 * do. A call that was sent and not answered whole is a failure.
 */
final class GroupLoad {
    private static final long END_LIMIT_SECONDS = 60;

    private final NodeGroup group;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ending;

    GroupLoad(NodeGroup group) {
        this.group = group;
    }

    /** Answers each request with its target. */
    static Upstream upstream() {
        return new Upstream((head, content, out) -> {
            content.transferTo(java.io.OutputStream.nullOutputStream());
            Upstream.write(out, "", "answer to " + head.target());
        });
    }

    void start(int callers) {
        for (int i = 0; i < callers; i++) {
            int me = i;
            threads.execute(() -> callOn(me));
        }
    }

    private void callOn(int me) {
        int calls = 0;
        for (int turn = me; !ending; turn++) {
            JarNode node = group.find(turn % group.count());
            if (node == null) {
                Thread.onSpinWait();
                continue;
            }
            calls = callAt(node.port(), "/t" + me + "-", calls);
        }
    }

    /** Calls one node until it closes; returns how many calls this caller has begun in all. */
    private int callAt(int port, String prefix, int begun) {
        int calls = begun;
        String target = "";
        try (Caller caller = Caller.to(port)) {
            while (!ending) {
                target = prefix + calls++;
                Caller.Reply reply = calls % 3 == 0 ? caller.post(target, "content of " + target) : caller.get(target);
                if (reply.status() != 200 || !reply.content().equals("answer to " + target)) {
                    failed.add(target + " was answered " + reply);
                    return calls;
                }
                acknowledged.put(target, reply.session());
                if (reply.head().isClosing()) {
                    return calls;
                }
            }
        } catch (ConnectException _) {
            // Nothing was sent.
        } catch (IOException e) {
            failed.add(target + ": " + e);
        }
        return calls;
    }

    /** Session by target, of each call that was answered whole. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    Queue<String> failed() {
        return failed;
    }

    void end() throws InterruptedException {
        ending = true;
        threads.shutdown();
        if (!threads.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
            throw new IllegalStateException("callers do not end");
        }
    }
}
