// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class InMemoryPayloadStoreTest implements PayloadStoreContract {
    private final InMemoryPayloadStore store = new InMemoryPayloadStore();

    @Override
    public PayloadStore open(Path folder) {
        return store;
    }

    @AfterEach
    void leavesNoStreamOpen() {
        assertThat(store.openStreams()).isZero();
    }
}
