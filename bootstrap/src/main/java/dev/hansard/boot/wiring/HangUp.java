// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.config.ConfigOffice;
import dev.hansard.ports.config.Reloading;
import dev.hansard.ports.session.StorageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;

/**
 * Has the configuration read again at each SIGHUP, as daemons do. The JDK's only way to hear of a signal is {@code
 * sun.misc.Signal} of its module {@code jdk.unsupported}, which is asked by name: where it, or the signal, is missing,
 * there is no reload by signal and the log says so.
 */
final class HangUp implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HangUp.class.getName());

    private final Object signal;
    private final Object before;
    private final Method handle;

    private HangUp(Object signal, Object before, Method handle) {
        this.signal = signal;
        this.before = before;
        this.handle = handle;
    }

    /** @param threads runs each reload: signals come on a thread of the JDK's own */
    static AutoCloseable reloads(ConfigOffice office, Executor threads) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object signal = type.getConstructor(String.class).newInstance("HUP");
            Method handle = type.getMethod("handle", type, handler);
            Object reloading = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            threads.execute(() -> reload(office));
                            yield null;
                        }
                        case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "reloads the configuration";
                    });
            return new HangUp(signal, handle.invoke(null, signal, reloading), handle);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.INFO, "SIGHUP does not reload the configuration here: {0}", reason(e));
            return () -> {};
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        return String.valueOf(cause);
    }

    private static void reload(ConfigOffice office) {
        try {
            Reloading _ = office.reload("signal");
        } catch (StorageException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The configuration was not read again, since the audit log cannot be written: {0}",
                    e.getMessage());
        }
    }

    @Override
    public void close() throws ReflectiveOperationException {
        handle.invoke(null, signal, before);
    }
}
