// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.usage.DiskGrade;
import dev.hansard.ports.usage.StorageDesk;
import dev.hansard.ports.usage.StorageUse;
import dev.hansard.ports.usage.WhenFull;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Always says the same. */
final class FakeStorage implements StorageDesk {
    private static final Instant NOON = FakeDesks.NOON;
    private static final ServiceName PAYMENTS = new ServiceName("payments");

    @Override
    public StorageUse use(Visitor visitor) {
        var day = new StorageUse.Day(LocalDate.of(2026, 11, 22), 30, 9_000);
        var quota = new StorageUse.Quota(10_000, WhenFull.PRUNE_OLDEST, false, NOON);
        return new StorageUse(
                NOON,
                List.of(
                        new StorageUse.Item(PAYMENTS, RetentionClass.DEFAULT, 3, 30, 9_000, NOON, NOON, 4_500, 135_000),
                        new StorageUse.Item(PAYMENTS, new RetentionClass("former"), 1, 1, 90, NOON, NOON, 0, -1)),
                List.of(
                        new StorageUse.OfService(PAYMENTS, 31, 9_090, 0, 4_500, List.of(day), quota),
                        new StorageUse.OfService(new ServiceName("search"), 1, 80, 80, 0, List.of(), null)),
                new StorageUse.Disk(DiskGrade.LOW, 1_000_000, null),
                List.of(new Alert("quota:payments", 2, "85%", "service payments takes much", NOON)));
    }

    @Override
    public Checked check(Visitor visitor, String cursor) {
        return switch (cursor) {
            case "" -> new Checked(Part.CONTROL, 5, List.of(), "segments:");
            case "segments:" ->
                new Checked(Part.SEGMENTS, 1, List.of(new Finding(Part.SEGMENTS, "a.warc.zst", "is damaged")), null);
            default -> throw new InvalidValueException("there is no such place in a check; start without one");
        };
    }
}
