// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.notify.Alerts;
import dev.hansard.core.usage.Consumption.Found;
import dev.hansard.core.usage.Consumption.Sum;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.usage.StorageDesk;
import dev.hansard.ports.usage.StorageUse;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows operators what is stored, and checks it for them. */
public final class StorageOffice implements StorageDesk {
    private static final String STORAGE = "storage";

    private final Consumption consumption;
    private final Limits limits;
    private final StoredParts parts;
    private final Alerts alerts;
    private final StorageCheck check;
    private final Auditor auditor;

    public StorageOffice(
            Consumption consumption,
            Limits limits,
            StoredParts parts,
            Alerts alerts,
            StorageCheck check,
            Auditor auditor) {
        this.consumption = consumption;
        this.limits = limits;
        this.parts = parts;
        this.alerts = alerts;
        this.check = check;
        this.auditor = auditor;
    }

    /** What services may take, and who keeps them to it. */
    public record Limits(Quotas quotas, QuotaKeeper keeper) {}

    @Override
    public StorageUse use(Visitor visitor) {
        auditor.require(visitor, Permission.OPERATE, STORAGE);
        Found found = consumption.now();
        List<StorageUse.OfService> services = found.services().entrySet().stream()
                .map(entry -> of(found, entry.getKey(), entry.getValue()))
                .toList();
        return new StorageUse(
                found.at(), found.stocks().stream().map(Stock::item).toList(), services, disk(found), alerts.raised());
    }

    private StorageUse.OfService of(Found found, ServiceName service, Sum sum) {
        List<Stock> stocks = found.of(service);
        return new StorageUse.OfService(
                service,
                sum.sessions(),
                sum.bytes(),
                sum.spooledBytes(),
                stocks.stream().mapToLong(Stock::perDay).sum(),
                days(stocks),
                quota(found, service, sum));
    }

    private static List<StorageUse.Day> days(List<Stock> stocks) {
        Map<LocalDate, StorageUse.Day> days = new TreeMap<>();
        stocks.forEach(stock -> stock.days().forEach(day -> days.merge(day.day(), day, Stock::sum)));
        return List.copyOf(days.values());
    }

    private StorageUse.@Nullable Quota quota(Found found, ServiceName service, Sum sum) {
        Long limit = limits.quotas().of(service);
        return limit == null
                ? null
                : new StorageUse.Quota(
                        limit,
                        limits.quotas().whenFull(),
                        limits.keeper().isExceeded(service),
                        Forecast.fullAt(found.of(service), sum.spooledBytes(), limit, found.at()));
    }

    private StorageUse.Disk disk(Found found) {
        StoredParts.Room room = parts.room();
        boolean isTold = room.keeps() && room.free() >= 0 && Forecast.isKnown(found.stocks());
        Instant fullAt = isTold
                ? Forecast.first(ahead -> growth(found, ahead), (double) Math.max(1, room.free()), found.at())
                : null;
        return new StorageUse.Disk(room.grade(), room.free(), fullAt);
    }

    /** Of all services together; none grows beyond its quota. */
    private double growth(Found found, int ahead) {
        double growth = 0;
        for (ServiceName service : found.services().keySet()) {
            List<Stock> stocks = found.of(service);
            long now = stocks.stream().mapToLong(Stock::bytes).sum();
            double then =
                    stocks.stream().mapToDouble(stock -> stock.inDays(ahead)).sum();
            Long limit = limits.quotas().of(service);
            growth += (limit == null ? then : Math.min(then, (double) Math.max(now, limit))) - now;
        }
        return growth;
    }

    @Override
    public Checked check(Visitor visitor, String cursor) {
        auditor.require(visitor, Permission.OPERATE, STORAGE);
        return check.from(cursor);
    }
}
