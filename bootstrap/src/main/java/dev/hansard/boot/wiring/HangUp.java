// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.config.ConfigOffice;
import dev.hansard.ports.config.Reloading;
import dev.hansard.ports.session.StorageException;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Has the configuration read again at each SIGHUP, as daemons do. Where a system has no such signal it does nothing. */
final class HangUp implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HangUp.class.getName());
    private static final String NAME = "HUP";

    private final SignalHandler before;

    private HangUp(SignalHandler before) {
        this.before = before;
    }

    static AutoCloseable reloads(ConfigOffice office) {
        try {
            return new HangUp(Signal.handle(new Signal(NAME), _ -> reload(office)));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.INFO, "SIGHUP does not reload the configuration here: {0}", e.getMessage());
            return () -> {};
        }
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
    public void close() {
        SignalHandler _ = Signal.handle(new Signal(NAME), before);
    }
}
