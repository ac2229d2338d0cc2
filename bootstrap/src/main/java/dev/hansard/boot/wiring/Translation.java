// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.storage.StorageSettings;
import dev.hansard.http.admin.AdminSettings;
import dev.hansard.http.tls.ServerTlsSettings;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.storage.spool.SpoolSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From the configuration's words to each adapter's own. */
final class Translation {
    /** What a head has to hold besides its request line at the least. */
    private static final int ROOM_BESIDES_LINE = 256;

    private Translation() {}

    static dev.hansard.http.proxy.ListenerSettings of(ListenerSettings listener) {
        ListenerSettings.@Nullable Tls tls = listener.tls();
        return new dev.hansard.http.proxy.ListenerSettings(
                listener.name(),
                listener.address().host(),
                listener.address().port(),
                tls == null ? null : tls(tls),
                listener.traceContext() == ListenerSettings.TraceContext.RESTART,
                limits(listener.limits()),
                timeouts(listener.timeouts()));
    }

    private static ServerTlsSettings tls(ListenerSettings.Tls tls) {
        Path caFile = tls.clientCaFile();
        return new ServerTlsSettings(
                tls.certFile(),
                tls.keyFile(),
                caFile == null
                        ? null
                        : new ServerTlsSettings.Clients(
                                caFile, tls.clientAuth() == ListenerSettings.ClientAuth.REQUIRED));
    }

    private static dev.hansard.http.proxy.ListenerSettings.Limits limits(ListenerSettings.Limits limits) {
        var standard = dev.hansard.http.proxy.ListenerSettings.Limits.DEFAULT;
        WireLimits wire = standard.wire();
        return new dev.hansard.http.proxy.ListenerSettings.Limits(
                new WireLimits(
                        Math.min(wire.requestLineBytes(), limits.headerBytes() - ROOM_BESIDES_LINE),
                        wire.fieldLineBytes(),
                        limits.headerBytes(),
                        wire.fieldCount(),
                        wire.chunkExtensionBytes(),
                        wire.trailerBytes()),
                limits.bodyBytes(),
                Math.min(limits.connections(), OpenFiles.limit() / 2),
                standard.connectionsPerSource(),
                limits.concurrency());
    }

    private static dev.hansard.http.proxy.ListenerSettings.Timeouts timeouts(ListenerSettings.Timeouts timeouts) {
        return new dev.hansard.http.proxy.ListenerSettings.Timeouts(
                timeouts.idle(),
                timeouts.requestHead(),
                timeouts.minBytesPerSecond(),
                dev.hansard.http.proxy.ListenerSettings.Timeouts.DEFAULT.drain());
    }

    static AdminSettings of(dev.hansard.boot.settings.AdminSettings admin) {
        return AdminSettings.of(admin.address().host(), admin.address().port()).reachedBy(admin.publicUrl());
    }

    static SpoolSettings of(StorageSettings.SpoolSettings spool, Path folder) {
        SpoolSettings standard = SpoolSettings.at(folder);
        return new SpoolSettings(
                folder,
                standard.fileBytes(),
                spool.maxBytes(),
                spool.groupCommit(),
                standard.groupBytes(),
                standard.queueBytes(),
                spool.reserveBytes(),
                standard.recordDeadline(),
                spool.sealAfter(),
                standard.maxFlights());
    }
}
