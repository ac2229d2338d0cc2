// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.PayloadStoreContract;
import dev.hansard.ports.session.S3Proxy;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
class S3PayloadStoreTest implements PayloadStoreContract {
    @Override
    public PayloadStore open(Path folder) {
        String prefix = Objects.requireNonNull(folder.getFileName()) + "/";
        return Stores.open(Stores.settings(S3Proxy.running().endpoint(), prefix));
    }
}
