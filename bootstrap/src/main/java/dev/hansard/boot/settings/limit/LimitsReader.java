// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.limit;

import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import dev.hansard.core.circuit.CircuitRule;
import dev.hansard.core.limit.Rate;
import dev.hansard.core.limit.RateLimit;
import dev.hansard.core.limit.ServiceLimits;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code limits} and {@code circuit} of every service. */
public final class LimitsReader {
    /** How many rates a service may have; each call asks all of them. */
    static final int MOST_RATES = 8;

    private static final int MOST_CALLERS = 1_000_000;
    private static final int MOST_IN_FLIGHT = 1_000_000;
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9})/([smh])");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");
    private static final Map<String, Rate.Period> PERIODS =
            Map.of("s", Rate.Period.SECOND, "m", Rate.Period.MINUTE, "h", Rate.Period.HOUR);
    private static final Map<String, RateLimit.Per> WHOSE =
            Map.of("caller", RateLimit.Per.CALLER, "service", RateLimit.Per.SERVICE);
    // Stands for what could not be read; never used, because the configuration is rejected.
    private static final Rate UNREADABLE = new Rate(1, Rate.Period.SECOND);

    private final Map<ServiceName, ServiceLimits> limits = new HashMap<>();
    private final Map<ServiceName, CircuitRule> circuits = new HashMap<>();

    /** What was read. */
    public LimitSettings settings() {
        return new LimitSettings(limits, circuits);
    }

    /** Reads those of one service. */
    public void service(Section service, ServiceName name) {
        Tree written = service.find(LimitKeys.LIMITS_OF_SERVICE);
        if (written != null) {
            limits.put(name, limits(service, written));
        }
        if (service.has(LimitKeys.CIRCUIT_OF_SERVICE)) {
            circuits.put(name, circuit(service.section(LimitKeys.CIRCUIT_OF_SERVICE, LimitKeys.CIRCUIT)));
        }
    }

    static boolean countsCallers(ServiceLimits limits) {
        return limits.inFlightOfCaller() > 0
                || limits.rates().stream().anyMatch(rate -> rate.per() == RateLimit.Per.CALLER);
    }

    private static ServiceLimits limits(Section service, Tree written) {
        Problems problems = service.problems();
        String path = service.child(LimitKeys.LIMITS_OF_SERVICE);
        if (!(written instanceof Sequence list)) {
            return new Together()
                    .add(Section.open(written, path, LimitKeys.LIMITS, problems))
                    .limits();
        }
        if (list.items().isEmpty() || list.items().size() > MOST_RATES) {
            problems.error(
                    written.at(),
                    path + " must have 1 to " + MOST_RATES + " limits, but has "
                            + list.items().size());
        }
        var all = new Together();
        for (int i = 0; i < list.items().size(); i++) {
            all.add(Section.open(list.items().get(i), path + "[" + i + "]", LimitKeys.LIMIT, problems));
        }
        return all.limits();
    }

    /** What the limits of one service say together. */
    private static final class Together {
        private final List<RateLimit> rates = new ArrayList<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private final Map<String, Section> places = new HashMap<>();

        Together add(Section section) {
            rate(section);
            count(section, LimitKeys.IN_FLIGHT, MOST_IN_FLIGHT);
            count(section, LimitKeys.IN_FLIGHT_OF_CALLER, MOST_IN_FLIGHT);
            count(section, LimitKeys.CALLERS, MOST_CALLERS);
            boolean isEmpty = LimitKeys.LIMITS.available().stream().noneMatch(section::has);
            if (isEmpty) {
                section.problems()
                        .error(section.at(), section.path() + " limits nothing", "write rate: 100/s or in-flight: 100");
            }
            return this;
        }

        private void rate(Section section) {
            if (section.has(LimitKeys.RATE)) {
                Rate rate = section.parsed(LimitKeys.RATE, UNREADABLE, LimitsReader::rate);
                int burst =
                        section.parsed(LimitKeys.BURST, rate.calls(), text -> Amounts.whole(text, 1, Rate.MOST_CALLS));
                rates.add(new RateLimit(
                        rate, burst, section.choice(LimitKeys.PER, RateLimit.Per.CALLER, WHOSE, List.of())));
                return;
            }
            for (String key : List.of(LimitKeys.BURST, LimitKeys.PER)) {
                if (section.has(key)) {
                    section.problems()
                            .error(
                                    section.placeOf(key),
                                    section.child(key) + " is set, but there is no rate",
                                    "add rate: 100/s or remove it");
                }
            }
        }

        private void count(Section section, String key, int most) {
            if (!section.has(key)) {
                return;
            }
            Section first = places.putIfAbsent(key, section);
            if (first != null) {
                section.problems()
                        .error(
                                section.placeOf(key),
                                section.child(key) + " is set twice, first at " + first.placeOf(key),
                                "remove one");
            }
            counts.put(key, section.parsed(key, 1, text -> Amounts.whole(text, 1, most)));
        }

        ServiceLimits limits() {
            int inFlight = counts.getOrDefault(LimitKeys.IN_FLIGHT, 0);
            int ofCaller = counts.getOrDefault(LimitKeys.IN_FLIGHT_OF_CALLER, 0);
            int callers = counts.getOrDefault(LimitKeys.CALLERS, ServiceLimits.USUAL_CALLERS);
            var limits = new ServiceLimits(rates, inFlight, ofCaller, callers);
            if (inFlight > 0 && ofCaller > inFlight) {
                complain(
                        LimitKeys.IN_FLIGHT_OF_CALLER,
                        " is more than " + LimitKeys.IN_FLIGHT + ", so that it would never count");
            }
            if (!countsCallers(limits)) {
                complain(LimitKeys.CALLERS, " is set, but nothing is counted by caller");
            }
            return limits;
        }

        private void complain(String key, String what) {
            Section section = places.get(key);
            if (section != null) {
                section.problems().error(section.placeOf(key), section.child(key) + what, "change or remove it");
            }
        }
    }

    private static Rate rate(String text) {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            boolean isBare = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
            throw new MisfitException(
                    "a rate such as 100/s, 600/m or 5000/h", isBare ? "add a unit: /s, /m or /h" : "");
        }
        int calls = Integer.parseInt(matcher.group(1));
        if (calls < 1 || calls > Rate.MOST_CALLS) {
            throw new MisfitException("a rate of 1 to " + Rate.MOST_CALLS + " calls", "choose another unit");
        }
        return new Rate(calls, PERIODS.getOrDefault(matcher.group(2), Rate.Period.SECOND));
    }

    private static CircuitRule circuit(Section section) {
        CircuitRule usual = CircuitRule.USUAL;
        return new CircuitRule(
                section.parsed("failures", usual.failures(), LimitsReader::percent),
                section.parsed("of", usual.of(), text -> Amounts.whole(text, 1, CircuitRule.MOST_CALLS)),
                section.parsed("window", usual.window(), LimitsReader::time),
                section.parsed("open", usual.open(), LimitsReader::time),
                section.parsed("trials", usual.trials(), text -> Amounts.whole(text, 1, CircuitRule.MOST_TRIALS)));
    }

    private static Duration time(String text) {
        return Amounts.duration(text, CircuitRule.LEAST, CircuitRule.MOST);
    }

    private static int percent(String text) {
        Matcher matcher = PERCENT.matcher(text);
        int percent = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        if (percent < 1 || percent > 100) {
            throw new MisfitException("a percentage from 1% to 100%");
        }
        return percent;
    }
}
