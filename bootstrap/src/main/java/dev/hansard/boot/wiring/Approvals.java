// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.identity.SignInSettings;
import dev.hansard.core.approval.ApprovalBook;
import dev.hansard.core.approval.ApprovalCourier;
import dev.hansard.core.approval.ApprovalHistory;
import dev.hansard.core.approval.ApprovalLimits;
import dev.hansard.core.approval.ApprovalOffice;
import dev.hansard.core.approval.ApprovalPolls;
import dev.hansard.core.approval.Holding;
import dev.hansard.core.approval.HoldingRoom;
import dev.hansard.core.approval.MaskedView;
import dev.hansard.core.approval.Resumption;
import dev.hansard.core.approval.Stamps;
import dev.hansard.core.approval.reach.ChangeFeed;
import dev.hansard.core.approval.rule.People;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.id.SessionIds;
import dev.hansard.core.retention.RetentionRules;
import dev.hansard.core.session.Recorder;
import dev.hansard.ports.approval.ApprovalCounts;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.ApprovalVault;
import dev.hansard.ports.approval.ApprovalWatcher;
import dev.hansard.ports.exchange.CallCourier;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.vault.FileVault;
import dev.hansard.storage.vault.VaultLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds requests until people have approved them, put together. */
final class Approvals {
    /** How often to look for past approvals that need not be kept any more. */
    static final Duration PRUNING = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger(Approvals.class.getName());
    static final String FOLDER = "approvals";
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration END = Duration.ofSeconds(5);

    private final Settings settings;
    private final ApprovalBook book;
    private final ApprovalStore store;
    private final ApprovalVault vault;
    private final ApprovalPolls polls;
    private final Stamps stamps;
    private final ApprovalLimits limits = ApprovalLimits.DEFAULT;
    private @Nullable HoldingRoom room;
    private volatile @Nullable ApprovalCourier begun;

    private Approvals(Settings settings, ApprovalStore store, ApprovalBook book, ApprovalVault vault, Stamps stamps) {
        this.settings = settings;
        this.store = store;
        this.book = book;
        this.vault = vault;
        this.stamps = stamps;
        this.polls = new ApprovalPolls(book, vault, stamps.node());
    }

    static Approvals over(
            Settings settings, ApprovalStore store, Storage storage, Auditor auditor, NodeName node, NodeClock clock) {
        ApprovalVault vault = FileVault.open(
                settings.storage().dataDir().resolve(FOLDER), storage.wrapper(), clock.secrets(), VaultLimits.DEFAULT);
        var ids = new SessionIds(clock.wall(), clock.random());
        return new Approvals(
                settings,
                store,
                new ApprovalBook(store, auditor),
                vault,
                new Stamps(node, clock.wall(), ids, clock.secrets()));
    }

    /** Where requests wait. */
    Holding room(Recorder recorder) {
        RetentionRules rules = settings.retention().toRules();
        var view = new MaskedView(stamps.node(), recorder::preview, rules::classified, session -> kept(rules, session));
        room = new HoldingRoom(book, vault, view, stamps, polls, limits);
        return room;
    }

    /** A rule may give the session another class once it has ended; the longest of them counts. */
    private static Duration kept(RetentionRules rules, Session session) {
        Duration now = rules.classes().getOrDefault(session.retention(), FOR_EVER);
        return rules.rules().stream()
                .map(rule -> rules.classes().getOrDefault(rule.retention(), FOR_EVER))
                .max(Comparator.naturalOrder())
                .filter(longest -> longest.compareTo(now) > 0)
                .orElse(now);
    }

    /** Where people decide. */
    ApprovalOffice office(Auditor auditor) {
        People people = settings.policies().people();
        var providers =
                settings.admin().login().stream().map(SignInSettings::name).collect(Collectors.toSet());
        return new ApprovalOffice(
                book, new People(providers, people.linked(), people.owners()), auditor, stamps.wall());
    }

    /** What those see who watch. */
    ChangeFeed feed(ApprovalOffice office) {
        var feed = new ChangeFeed(book, office::scope);
        book.watch(feed);
        return feed;
    }

    /** Has somebody told of each change that this node makes. */
    void watch(ApprovalWatcher watcher) {
        book.watch(watcher);
    }

    /** What removes past approvals. */
    ApprovalHistory history(@Nullable RetentionRecords records) {
        Predicate<SessionId> held = records == null ? _ -> false : records.holds()::isHeld;
        return new ApprovalHistory(store, held, stamps.wall());
    }

    /** Begins to send what is approved; to be closed when no request comes in any more. */
    AutoCloseable begin(Resumption resumption, CallCourier courier) {
        var sender = new ApprovalCourier(
                new ApprovalCourier.Works(book, vault, resumption, courier), opened(), polls, stamps, limits);
        begun = sender;
        recover(sender);
        var closing = new CountDownLatch(1);
        Thread ticker =
                Thread.ofPlatform().name("hansard-approvals").daemon(true).start(() -> tick(sender, closing));
        return () -> {
            closing.countDown();
            ticker.join(END);
            sender.close();
        };
    }

    private static void recover(ApprovalCourier sender) {
        try {
            sender.recover();
        } catch (StorageException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what is left of approvals could not be looked through: {0}",
                    e.getMessage());
        }
    }

    @SuppressWarnings("CatchingUnchecked") // Without its thread nothing would be sent or expire again.
    private static void tick(ApprovalCourier sender, CountDownLatch closing) {
        try {
            while (!closing.await(ApprovalCourier.TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    sender.tick();
                } catch (StorageException e) {
                    LOG.log(System.Logger.Level.WARNING, "approvals cannot be looked through: {0}", e.getMessage());
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "approvals cannot be looked through", e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** By their names as metrics; none before the node sends what is approved. */
    Map<String, Long> figures() {
        ApprovalCourier sender = begun;
        return sender == null ? Map.of() : figures(sender.counts());
    }

    private static Map<String, Long> figures(ApprovalCounts counts) {
        var figures = new LinkedHashMap<String, Long>();
        figures.put("hansard_approvals_requested_total", counts.requested());
        for (ApprovalState state : ApprovalState.values()) {
            if (state != ApprovalState.PENDING) {
                long reached = counts.ended().getOrDefault(state, 0L);
                figures.put("hansard_approvals_reached_total{state=\"" + state.word() + "\"}", reached);
            }
        }
        figures.put("hansard_approvals_mismatched_total", counts.mismatches());
        figures.put("hansard_approvals_refused_total{reason=\"no_room\"}", counts.full());
        figures.put("hansard_approvals_waiting", (long) counts.waiting());
        figures.put("hansard_approvals_vault_bytes", counts.vaultBytes());
        return figures;
    }

    /** From here on nobody waits on a connection. */
    void leave() {
        opened().close();
    }

    private HoldingRoom opened() {
        if (room == null) {
            throw new IllegalStateException("approvals have no room yet");
        }
        return room;
    }
}
