// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.payload;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.PayloadStoreFactory;

/** Segments as files in a folder of the data folder. */
public final class FilesystemPayloadFactory implements PayloadStoreFactory {
    /** The word that chooses it. */
    public static final String TYPE = "filesystem";

    /** Where it is in the data folder. */
    public static final String FOLDER = "payloads";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Opening<PayloadStore> create(Options options) {
        return around -> FilesystemPayloads.open(around.dataDir().resolve(FOLDER));
    }
}
