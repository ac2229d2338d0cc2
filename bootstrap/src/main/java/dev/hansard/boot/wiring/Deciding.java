// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.core.approval.ApprovalOffice;
import dev.hansard.core.approval.reach.ApprovalNotices;
import dev.hansard.core.approval.reach.ChangeFeed;
import dev.hansard.core.approval.reach.LinkKey;
import dev.hansard.core.approval.reach.LinkOffice;
import dev.hansard.core.audit.Auditor;
import dev.hansard.http.admin.ApprovalDesks;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.notify.Notices;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What reaches the people who decide: notices, links and the feed of changes. Looks for changes until it is closed. */
final class Deciding implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Deciding.class.getName());
    private static final Duration END = Duration.ofSeconds(5);

    private final ApprovalDesks desks;
    private final ChangeFeed feed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread ticker;

    private Deciding(ApprovalDesks desks, ChangeFeed feed) {
        this.desks = desks;
        this.feed = feed;
        this.ticker =
                Thread.ofPlatform().name("hansard-approval-feed").daemon(true).unstarted(this::tick);
    }

    /**
     * Where the people and their tools are.
     *
     * @param madeKey what links are signed by when {@code masking.token-key} is not set; nodes that share approvals
     *     have to share that one
     * @param adminPort the port of the admin plane, once it is bound
     */
    record Place(Settings settings, Secret madeKey, IntSupplier adminPort) {
        private LinkKey key() {
            Secret shared = settings.masking().tokenKey();
            return LinkKey.of(shared == null ? madeKey : shared);
        }

        /** None where nobody signs in with a browser: only such a person can follow a link. */
        private Function<Approval, @Nullable String> links() {
            if (settings.admin().login().isEmpty()) {
                return _ -> null;
            }
            LinkKey key = key();
            return approval -> base() + "/approve/" + key.link(approval);
        }

        private String base() {
            URI url = settings.admin().publicUrl();
            String text = url == null ? "http://127.0.0.1:" + adminPort.getAsInt() : url.toString();
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }

    static Deciding over(Approvals approvals, Place place, Auditor auditor, Notices notices, NodeClock clock) {
        ApprovalOffice office = approvals.office(auditor);
        ChangeFeed feed = approvals.feed(office);
        approvals.watch(new ApprovalNotices(notices, place.links(), clock.wall()));
        var links = new LinkOffice(office, place.key(), auditor, clock.wall());
        var deciding = new Deciding(new ApprovalDesks(office, feed, links, clock.wall()), feed);
        deciding.ticker.start();
        return deciding;
    }

    ApprovalDesks desks() {
        return desks;
    }

    @SuppressWarnings("CatchingUnchecked") // Without its thread nobody would hear of other nodes again.
    private void tick() {
        try {
            while (!closing.await(ChangeFeed.TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    feed.tick();
                } catch (StorageException e) {
                    LOG.log(System.Logger.Level.WARNING, "changes of approvals cannot be read: {0}", e.getMessage());
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "changes of approvals cannot be read", e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            ticker.join(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
