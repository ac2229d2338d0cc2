// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.retention;

import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.core.usage.Quotas;
import dev.hansard.ports.usage.WhenFull;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code retention.quota}. */
final class QuotaReader {
    /** A service must be able to hold some segments, or everything it records would go at once. */
    private static final long LEAST = 16L << 20;

    private static final long MOST = 1L << 50;
    private static final int MOST_THRESHOLDS = 10;
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");

    private final Section section;
    private final Problems problems;
    private final Map<Position, ServiceName> named;

    /** @param named takes the services that are named, with where */
    QuotaReader(Section retention, Map<Position, ServiceName> named) {
        this.section = retention.section("quota", RetentionKeys.QUOTA);
        this.problems = retention.problems();
        this.named = named;
    }

    Quotas read() {
        Long usual = section.has("default") ? section.parsed("default", LEAST, QuotaReader::bytes) : null;
        Map<ServiceName, Long> services = new HashMap<>();
        section.named("services").forEach(entry -> readService(entry, services));
        return new Quotas(usual, services, thresholds(), whenFull());
    }

    private static long bytes(String text) {
        return Amounts.bytes(text, LEAST, MOST);
    }

    private void readService(Entry entry, Map<ServiceName, Long> services) {
        String path = section.child("services") + "." + entry.key();
        try {
            var service = new ServiceName(entry.key());
            named.put(entry.at(), service);
            services.put(service, section.parsed(entry.value(), path, LEAST, QuotaReader::bytes));
        } catch (InvalidValueException e) {
            problems.error(entry.at(), path + ": " + e.getMessage());
        }
    }

    private List<Integer> thresholds() {
        if (!section.has("alert-at")) {
            return Quotas.USUAL_ALERTS;
        }
        var read = new ArrayList<Integer>();
        for (Tree item : section.items("alert-at")) {
            read.add(section.parsed(item, section.child("alert-at"), 0, QuotaReader::percent));
        }
        if (read.size() > MOST_THRESHOLDS) {
            problems.error(section.placeOf("alert-at"), "there are more than " + MOST_THRESHOLDS + " thresholds");
            return Quotas.USUAL_ALERTS;
        }
        try {
            return new Quotas(null, Map.of(), read, WhenFull.PRUNE_OLDEST).alertAt();
        } catch (InvalidValueException e) {
            problems.error(section.placeOf("alert-at"), section.child("alert-at") + ": " + e.getMessage());
            return Quotas.USUAL_ALERTS;
        }
    }

    private static int percent(String text) {
        var matcher = PERCENT.matcher(text);
        if (!matcher.matches()) {
            throw new MisfitException("a percentage such as 85%");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private WhenFull whenFull() {
        return section.choice(
                "when-full",
                WhenFull.PRUNE_OLDEST,
                Map.of(WhenFull.PRUNE_OLDEST.word(), WhenFull.PRUNE_OLDEST, WhenFull.REJECT.word(), WhenFull.REJECT),
                List.of());
    }
}
