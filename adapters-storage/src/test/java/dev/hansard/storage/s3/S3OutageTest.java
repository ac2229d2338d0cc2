// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansard.ports.fault.TcpFault;
import dev.hansard.ports.fault.TcpFaultProxy;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.PayloadStoreContract;
import dev.hansard.ports.session.S3Proxy;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The store when the way to its server, or the server, does not work. */
@Timeout(60)
@EnabledIf(value = "dev.hansard.ports.session.S3Proxy#isThere", disabledReason = "Maven has not got s3proxy")
class S3OutageTest {
    private static final String KEY = "payments/default/2026/11/23/14/0190-a.warc.zst";
    private static final byte[] CONTENT = PayloadStoreContract.bytes(300_000);

    private final String prefix = UUID.randomUUID() + "/";
    private TcpFaultProxy proxy = TcpFaultProxy.to(S3Proxy.running().address());
    private PayloadStore store = open();

    private PayloadStore open() {
        return Stores.open(Stores.settings(proxy.http(), prefix));
    }

    @BeforeEach
    void isWellAtFirst() {
        assertThat(store.list("", "", 10)).isEmpty();
    }

    @AfterEach
    void close() {
        store.close();
        proxy.close();
    }

    private StorageException failureOfPut() {
        StorageException failure = catchThrowableOfType(StorageException.class, () -> put(CONTENT));
        assertThat(failure).isNotNull();
        return failure;
    }

    private void put(byte[] content) {
        PayloadStoreContract.put(store, KEY, content);
    }

    private void awaitRecovery() {
        proxy.apply(new TcpFault.None());
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(StorageException.class)
                .until(() -> {
                    put(CONTENT);
                    return true;
                });
    }

    private void assertStored() throws Exception {
        assertThat(PayloadStoreContract.read(store, KEY, 0, CONTENT.length)).isEqualTo(CONTENT);
        assertThat(store.list("", "", 10)).containsExactly(KEY);
    }

    @Test
    void recoversFromAServerThatWasDown() throws Exception {
        proxy.apply(new TcpFault.Refuse());

        StorageException failure = failureOfPut();
        awaitRecovery();

        assertThat(failure.isOutage()).isTrue();
        assertThat(failure).hasMessageContaining("bucket 'hansard' at http://127.0.0.1:");
        assertStored();
    }

    @Test
    void sparesAServerThatIsDown() {
        proxy.apply(new TcpFault.Answer(503, "Slow Down", ""));
        for (int i = 0; i < 2; i++) {
            assertThat(failureOfPut().isOutage()).isTrue();
        }
        long before = proxy.accepted();

        StorageException failure = failureOfPut();

        assertThat(failure.isOutage()).isTrue();
        assertThat(failure).hasMessageContaining("is down; it is tried again");
        assertThat(proxy.accepted() - before).isZero();
    }

    @Test
    void outlastsAStormOf503() throws Exception {
        proxy.apply(new TcpFault.Answer(
                503, "Slow Down", "<Error><Code>SlowDown</Code><Message>Please reduce your rate</Message></Error>"));

        StorageException failure = failureOfPut();
        awaitRecovery();

        assertThat(failure).hasMessageContaining("status 503");
        assertStored();
    }

    @Test
    void storesNothingWhenAPutIsCutInTheMiddle() throws Exception {
        proxy.apply(new TcpFault.ResetUp(100_000));

        StorageException failure = failureOfPut();

        assertThat(failure.isOutage()).isTrue();
        assertThat(S3Proxy.running().file(Stores.BUCKET, prefix + KEY)).doesNotExist();
        awaitRecovery();
        assertStored();
    }

    @Test
    void doesNotWaitForAServerThatSaysNothing() throws Exception {
        proxy.apply(new TcpFault.Stall());
        long start = System.nanoTime();

        StorageException failure = failureOfPut();

        assertThat(failure.isOutage()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        awaitRecovery();
        assertStored();
    }

    @Test
    void worksOnASlowWay() throws Exception {
        proxy.apply(new TcpFault.Latency(Duration.ofMillis(20)));
        put(CONTENT);

        proxy.apply(new TcpFault.Slow(2_000_000));

        assertStored();
    }

    @Test
    void goesOnReadingWhereAConnectionBroke() throws Exception {
        put(CONTENT);

        proxy.apply(new TcpFault.ResetDown(120_000));
        byte[] reset = PayloadStoreContract.read(store, KEY, 10, CONTENT.length - 10);
        proxy.apply(new TcpFault.HalfClose(120_000));
        byte[] halfClosed = PayloadStoreContract.read(store, KEY, 10, CONTENT.length - 10);

        assertThat(reset).isEqualTo(halfClosed).hasSize(CONTENT.length - 10).endsWith(CONTENT[CONTENT.length - 1]);
    }

    @Test
    void doesNotGoOnWithAnotherObject() throws Exception {
        put(CONTENT);
        proxy.apply(new TcpFault.ResetDown(120_000));

        try (PayloadStore direct = Stores.open(Stores.settings(S3Proxy.running().endpoint(), prefix));
                InputStream in = store.read(KEY, 0, CONTENT.length)) {
            in.readNBytes(1000);
            direct.delete(KEY);
            PayloadStoreContract.put(direct, KEY, PayloadStoreContract.bytes(300_001));

            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesToTakeOtherBytesForItsOwn() throws Exception {
        put(CONTENT);
        Path file = S3Proxy.running().file(Stores.BUCKET, prefix + KEY);
        byte[] other = CONTENT.clone();
        other[7] ^= 1;
        Files.write(file, other);

        StorageException failure = failureOfPut();

        assertThat(failure.isOutage()).isFalse();
        assertThat(failure).hasMessageContaining("is there already with other bytes");
    }

    @Test
    void noticesAnObjectThatBecameShorter() throws Exception {
        put(CONTENT);
        Files.write(S3Proxy.running().file(Stores.BUCKET, prefix + KEY), new byte[1000]);

        assertThatThrownBy(() -> PayloadStoreContract.read(store, KEY, 0, CONTENT.length))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("does not have 300000 bytes from 0");
    }

    @Test
    void startsWhileTheServerIsDown() throws Exception {
        store.close();
        proxy.apply(new TcpFault.Refuse());

        store = open();

        awaitRecovery();
        assertStored();
    }
}
