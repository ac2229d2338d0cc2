// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.config.ConfigOffice;
import dev.hansard.core.exchange.Throttle;
import dev.hansard.ports.health.NodeHealth;
import dev.hansard.ports.session.SpoolState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must be well for a node to get calls. */
final class NodeChecks implements NodeHealth {
    private final Storage storage;
    private final ConfigOffice config;
    private final BooleanSupplier serving;
    private final Counted counted;

    /**
     * Whose figures are told.
     *
     * @param approvals null where no store keeps approvals
     */
    record Counted(
            Usage usage,
            Sinks sinks,
            Throttle throttle,
            @Nullable Approvals approvals,
            Agents agents) {
        private Map<String, Long> figures() {
            var figures = new LinkedHashMap<String, Long>(usage.figures(sinks.figures()));
            figures.putAll(throttle.figures());
            if (approvals != null) {
                figures.putAll(approvals.figures());
            }
            figures.putAll(agents.figures());
            return figures;
        }
    }

    NodeChecks(Storage storage, Counted counted, ConfigOffice config, BooleanSupplier serving) {
        this.storage = storage;
        this.counted = counted;
        this.config = config;
        this.serving = serving;
    }

    @Override
    public List<Check> checks() {
        List<Check> always = List.of(listeners(), spool(), catalog(), configuration());
        return counted.agents().gate() == null
                ? always
                : Stream.concat(always.stream(), Stream.of(agents())).toList();
    }

    @Override
    public Map<String, Long> figures() {
        return counted.figures();
    }

    private Check listeners() {
        boolean well = serving.getAsBoolean();
        return new Check("listeners", well, well ? "" : "the node is starting or stopping");
    }

    private Check spool() {
        return switch (storage.spool().state()) {
            case SpoolState.Working _ ->
                new Check("spool", true, counted.usage().warning());
            case SpoolState.Scarce(String reason) -> new Check("spool", false, reason);
            case SpoolState.Failing(String reason) -> new Check("spool", false, reason);
        };
    }

    /** One that is wrong keeps nobody from being served: the last good one is in force. */
    private Check configuration() {
        return new Check("configuration", true, config.trouble());
    }

    /** One that is missing keeps only the services behind it from being served, on every node alike. */
    private Check agents() {
        return new Check("agents", true, counted.agents().trouble());
    }

    private Check catalog() {
        String trouble = storage.trouble();
        return new Check("catalog", trouble.isEmpty(), trouble);
    }
}
