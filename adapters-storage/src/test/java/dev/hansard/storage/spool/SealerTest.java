// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The steps by which a spool file comes to its end, on a disk that fails between them. */
final class SealerTest {
    private long nanos = 1;

    @Test
    void letsNothingBeRemovedWhileASpoolFileCouldComeBack() throws IOException {
        var disk = new SimulatedDisk(1);
        try (SpoolNode node = open(disk)) {
            closedFile(node);
            disk.beforeDelete(_ -> disk.broken(true));
            assertThatThrownBy(() -> node.sealer().step()).isInstanceOf(IOException.class);

            assertThatThrownBy(() -> node.sealer().alone(() -> null)).isInstanceOf(IOException.class);
            disk.broken(false);
            assertThat(node.sealer().<Boolean>alone(() -> true)).isTrue();
        }
    }

    @Test
    void bringsNoSpoolFileBackOnceSomethingCouldBeRemoved() throws IOException {
        for (int seed = 1; seed <= 20; seed++) {
            var disk = new SimulatedDisk(seed);
            try (SpoolNode node = open(disk)) {
                closedFile(node);
                node.sealer().step();
                disk.beforeDelete(_ -> disk.broken(true));
                closedFile(node);
                assertThatThrownBy(() -> node.sealer().step()).isInstanceOf(IOException.class);
                disk.broken(false);

                node.sealer().alone(() -> null);
                disk.crash();
            }

            assertThat(disk.names()).noneMatch(name -> SpoolFiles.numberOf(name) >= 0);
        }
    }

    /** One that is indexed and ready to go. */
    private void closedFile(SpoolNode node) throws IOException {
        Exchange exchange = Exchanges.of(nanos++);
        var flight =
                node.spool().begin(exchange.session().id(), exchange.session().service(), "POST", Durability.STRICT);
        node.spool().complete(exchange, flight);
        node.writer().step(0);
        node.writer().roll(0);
        node.writer().step(0);
        while (node.indexer().step() >= 0) {
            nanos++;
        }
    }

    private SpoolNode open(SimulatedDisk disk) throws IOException {
        var sources = new Sources(() -> Instant.EPOCH, () -> nanos, new Random(1));
        var stores = new SpoolStores(new InMemorySessionCatalog(), new InMemoryPayloadStore());
        return SpoolNode.open(disk, SpoolSettings.at(Path.of("unused")), stores, Exchanges.NODE, sources);
    }
}
