// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.cli.Version;
import dev.hansard.boot.settings.EffectiveYaml;
import dev.hansard.boot.settings.Loading.Outside;
import dev.hansard.boot.settings.Settings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.audit.Refusals;
import dev.hansard.core.audit.TalliedRefusals;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a node writes of itself into the audit log: that it starts and with which configuration, whom it refused, that
 * it stops. Where the log cannot be written, that is an error in the other log and the node goes on, since it must not
 * be out of order for callers because nobody can be told of it; whoever looks at records is not let in meanwhile.
 */
final class NodeAudit implements AutoCloseable {
    private static final int DIGEST_BYTES = 8;

    private final Auditor auditor;
    private final String node;
    private final TalliedRefusals refusals;
    private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hansard-audit").daemon().factory());

    private NodeAudit(Auditor auditor, String node) {
        this.auditor = auditor;
        this.node = node;
        this.refusals = new TalliedRefusals(auditor);
    }

    /**
     * Notes the start.
     *
     * @param key so that the digest of the configuration does not let its values be guessed
     */
    static NodeAudit begin(Auditor auditor, NodeName name, Settings settings, Secret key) {
        var audit = new NodeAudit(auditor, name + " " + Version.current());
        attempt(() -> auditor.node(AuditAction.NODE_STARTED, audit.node));
        attempt(() -> auditor.node(AuditAction.CONFIGURATION_LOADED, "digest " + digest(settings, key)));
        long interval = TalliedRefusals.INTERVAL.toMillis();
        ScheduledFuture<?> _ = audit.teller.scheduleWithFixedDelay(
                () -> attempt(audit.refusals::tell), interval, interval, TimeUnit.MILLISECONDS);
        return audit;
    }

    /** The same for the same configuration of the same node, whatever file it stands in and however it is written. */
    static String digest(Settings settings, Secret key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(key.reveal().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
            byte[] digest =
                    sha256.digest(EffectiveYaml.of(settings, Outside.NOTHING).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Hears of those who were not let in, on all listeners. */
    Refusals refusals() {
        return refusals;
    }

    private static void attempt(Runnable writing) {
        try {
            writing.run();
        } catch (StorageException e) {
            System.getLogger(NodeAudit.class.getName())
                    .log(System.Logger.Level.ERROR, "the audit log cannot be written: {0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        teller.shutdownNow();
        attempt(refusals::tell);
        attempt(() -> auditor.node(AuditAction.NODE_STOPPED, node));
    }
}
