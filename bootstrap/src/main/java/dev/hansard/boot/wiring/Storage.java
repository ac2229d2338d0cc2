// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.LedgerSettings;
import dev.hansard.boot.settings.storage.ChosenStorage;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.core.retention.RetainedPayloads;
import dev.hansard.core.retention.RetentionRules;
import dev.hansard.ports.crypt.KeyErasure;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.TimeWitness;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.storage.payload.FilesystemPayloadFactory;
import dev.hansard.storage.spool.RebuiltCatalog;
import dev.hansard.storage.spool.SpoolSettings;
import dev.hansard.storage.spool.SpoolStats;
import dev.hansard.storage.spool.SpoolStorage;
import dev.hansard.storage.spool.SpoolStores;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The storage adapters that the configuration names, put together. */
final class Storage implements AutoCloseable {
    private final SessionCatalog catalog;
    private final PayloadStore payloads;
    private final NodeLedger ledger;
    private final SpoolStorage spool;
    private final boolean keeps;
    private final @Nullable KeyWrapper wrapper;
    private final Deque<AutoCloseable> opened;

    private Storage(
            SessionCatalog catalog,
            PayloadStore payloads,
            NodeLedger ledger,
            SpoolStorage spool,
            @Nullable KeyWrapper wrapper,
            boolean keeps,
            Deque<AutoCloseable> opened) {
        this.wrapper = wrapper;
        this.keeps = keeps;
        this.catalog = catalog;
        this.payloads = payloads;
        this.ledger = ledger;
        this.spool = spool;
        this.opened = opened;
    }

    /** @param rules by which segments are locked, where the payload store has locks */
    static Storage open(
            StorageSettings settings, LedgerSettings ofLedger, RetentionRules rules, StorageSurroundings around) {
        SpoolSettings folder = Translation.of(settings.spool(), around.dataDir().resolve("spool"));
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            SessionCatalog catalog = opened(settings.catalog(), "storage.catalog", around, opened);
            PayloadStore payloads = opened(settings.payloads(), "storage.payloads", around, opened);
            NodeLedger ledger = NodeLedger.open(ofLedger, payloads, around);
            opened.push(ledger);
            KeyWrapper wrapper = wrapper(settings, around, opened);
            var retained = new RetainedPayloads(payloads, rules, around.wall());
            SpoolStores stores = new SpoolStores(catalog, retained)
                    .enteringIn(ledger.ledger())
                    .encryptingBy(wrapper)
                    .withKeysOfSessions(settings.hasKeysOfSessions());
            SpoolStorage spool = SpoolStorage.open(folder, stores, around.node(), around.wall(), around.random());
            opened.push(spool);
            boolean keeps = settings.payloads().type().equals(FilesystemPayloadFactory.TYPE);
            return new Storage(catalog, payloads, ledger, spool, wrapper, keeps, opened);
        } catch (RuntimeException e) {
            opened.forEach(Node::close);
            throw e;
        }
    }

    private static @Nullable KeyWrapper wrapper(
            StorageSettings settings, StorageSurroundings around, Deque<AutoCloseable> opened) {
        ChosenStorage<KeyWrapper> encryption = settings.encryption();
        return encryption == null ? null : opened(encryption, "storage.encryption", around, opened);
    }

    /** What wraps keys; null when nothing is encrypted. */
    @Nullable
    KeyWrapper wrapper() {
        return wrapper;
    }

    /** The control store that the configuration names. */
    static ControlStore control(StorageSettings settings, StorageSurroundings around) {
        return opened(settings.control(), "storage.control", around, new ArrayDeque<>());
    }

    @SuppressWarnings("CatchingUnchecked") // A plugin may throw anything.
    private static <T extends AutoCloseable> T opened(
            ChosenStorage<T> chosen, String key, StorageSurroundings around, Deque<AutoCloseable> opened) {
        try {
            T storage = chosen.opening().open(around);
            opened.push(storage);
            return storage;
        } catch (StorageException | InvalidValueException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new NodeStartException(
                    key + " of type " + chosen.type() + " cannot be opened: "
                            + e.getClass().getName(),
                    e);
        }
    }

    Spool spool() {
        return spool.spool();
    }

    SessionCatalog catalog() {
        return catalog;
    }

    NodeLedger ledger() {
        return ledger;
    }

    SessionArchive archive() {
        return spool.archive();
    }

    /** What finds sessions by their contents. */
    ContentSearch search() {
        return spool.search();
    }

    /** What makes stored sessions unreadable; empty when they are stored in clear. */
    Optional<KeyErasure> erasure() {
        return spool.erasure();
    }

    /** The clocks of other machines that sessions are stored on. */
    List<TimeWitness> clocks() {
        return Stream.of(catalog.clock(), payloads.clock())
                .flatMap(Optional::stream)
                .toList();
    }

    Segments segments() {
        return spool.segments();
    }

    /** What is on this node's disk. A payload store in a folder is taken to be on it, too. */
    StoredParts parts() {
        return spool.parts(keeps);
    }

    /** Stores all that is in the spool; see {@link SpoolStorage#drain}. */
    List<SpoolStorage.LeftFile> drain(Duration patience, LongConsumer bytesLeft) {
        return spool.drain(patience, bytesLeft);
    }

    /** Makes the catalog again; see {@link SpoolStorage#rebuildCatalog}. */
    RebuiltCatalog rebuildCatalog(Consumer<RebuiltCatalog> told) {
        return spool.rebuildCatalog(told);
    }

    /** Whether everything durable is in the catalog. */
    boolean isIndexed() {
        return spool.isIndexed();
    }

    SpoolStats stats() {
        return spool.stats();
    }

    /** What keeps sessions from being indexed, entered in the ledger or sealed, for people; empty when nothing does. */
    String trouble() {
        return spool.stats().trouble();
    }

    @Override
    public void close() {
        opened.forEach(Node::close);
    }
}
