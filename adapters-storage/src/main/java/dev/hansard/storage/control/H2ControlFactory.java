// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.ControlStoreFactory;
import dev.hansard.ports.spi.Options;

/** The control data that is embedded in the process: one file, in a folder of the data folder. */
public final class H2ControlFactory implements ControlStoreFactory {
    /** The word that chooses it. */
    public static final String TYPE = "h2";

    private static final String FOLDER = "control";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Opening<ControlStore> create(Options options) {
        return around -> H2ControlStore.open(around.dataDir().resolve(FOLDER));
    }
}
