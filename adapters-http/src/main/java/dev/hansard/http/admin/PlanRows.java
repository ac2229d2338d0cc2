// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.retention.RetentionPlan;
import dev.hansard.ports.retention.RetentionPlan.Item;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/** A plan by service and class, since it can have as many segments as there are hours. */
final class PlanRows {
    private PlanRows() {}

    /**
     * What goes of one class of a service.
     *
     * @param isRows whether it is rows whose records went before
     * @param from the hour of the oldest segment
     * @param to the end of the newest
     */
    record Row(
            String service,
            String retention,
            boolean isRows,
            long segments,
            long sessions,
            long bytes,
            long held,
            Instant from,
            Instant to) {
        private Row and(Row other) {
            return new Row(
                    service,
                    retention,
                    isRows,
                    segments + other.segments,
                    sessions + other.sessions,
                    bytes + other.bytes,
                    held + other.held,
                    from.isBefore(other.from) ? from : other.from,
                    to.isAfter(other.to) ? to : other.to);
        }
    }

    static Collection<Row> of(RetentionPlan plan) {
        var rows = new TreeMap<String, Row>();
        for (Item item : plan.items()) {
            String service = item.segment().service().value();
            String retention = item.segment().retention().value();
            rows.merge(
                    service + "/" + retention + "/" + item.segment().isRows(),
                    new Row(
                            service,
                            retention,
                            item.segment().isRows(),
                            1,
                            item.sessions(),
                            item.bytes(),
                            item.held(),
                            item.segment().hour(),
                            item.segment().end()),
                    Row::and);
        }
        return rows.values();
    }
}
