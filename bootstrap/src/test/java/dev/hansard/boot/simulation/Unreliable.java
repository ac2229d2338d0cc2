// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.ports.session.SimulatedDisk.PowerLoss;
import dev.hansard.ports.session.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;

/**
 * A store as the node meets it: the process can die before and after each use, and the store can be in trouble for some
 * uses. What is stored in truth is behind it.
 */
final class Unreliable {
    private final Random random;
    private Trouble trouble = Trouble.NONE;
    private int uses;
    private long deadline = Long.MAX_VALUE;
    private long errorAt = Long.MAX_VALUE;
    private long count;
    private boolean dead;

    /** What can be wrong with a store. */
    enum Trouble {
        NONE,
        /** It does not answer: nothing is done. */
        OUTAGE,
        /** It refuses this one object, and would not refuse another. */
        REFUSAL,
        /** It does what is asked, but its answer does not come. */
        LOST_ANSWER,
        /** It gives other bytes than were stored, once. */
        OTHER_BYTES
    }

    Unreliable(Random random) {
        this.random = random;
    }

    /** The next so many uses go wrong. */
    void trouble(Trouble kind, int forUses) {
        trouble = kind;
        uses = forUses;
    }

    /** The process dies at the {@code steps}th step from now, of which each use has two. */
    void dieAfter(long steps) {
        deadline = count + steps;
    }

    /** The {@code steps}th step from now fails alone: the first of a use undone, the second when it is done. */
    void failAfter(long steps) {
        errorAt = count + steps;
    }

    /** The next process begins, and all stores are well. */
    void calm() {
        dead = false;
        deadline = Long.MAX_VALUE;
        errorAt = Long.MAX_VALUE;
        trouble = Trouble.NONE;
    }

    /** How many steps there have been. */
    long steps() {
        return count;
    }

    /** A store that behaves so. */
    <T> T over(Class<T> type, T store) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> use(store, method, arguments));
        return type.cast(proxy);
    }

    private Object use(Object store, Method method, Object[] arguments) throws Throwable {
        step();
        Trouble now = next();
        if (now == Trouble.OUTAGE || count == errorAt) {
            throw StorageException.outage("simulated outage at " + method.getName(), null);
        }
        if (now == Trouble.REFUSAL) {
            throw new StorageException("simulated refusal at " + method.getName());
        }
        Object answer = invoke(store, method, arguments);
        step();
        if (now == Trouble.LOST_ANSWER || count == errorAt) {
            close(answer);
            throw StorageException.outage("simulated loss of the answer of " + method.getName(), null);
        }
        if (now == Trouble.OTHER_BYTES && answer instanceof InputStream bytes) {
            trouble = Trouble.NONE;
            return flipped(bytes);
        }
        return answer;
    }

    private static Object invoke(Object store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void step() {
        count++;
        if (dead || count >= deadline) {
            dead = true;
            throw new PowerLoss();
        }
    }

    private Trouble next() {
        if (uses > 0 && --uses >= 0) {
            return trouble;
        }
        trouble = Trouble.NONE;
        return Trouble.NONE;
    }

    private static void close(Object answer) throws IOException {
        if (answer instanceof InputStream bytes) {
            bytes.close();
        }
    }

    private InputStream flipped(InputStream from) throws IOException {
        try (from) {
            byte[] bytes = from.readAllBytes();
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return new ByteArrayInputStream(bytes);
        }
    }
}
