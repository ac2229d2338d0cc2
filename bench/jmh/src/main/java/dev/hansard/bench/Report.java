// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and prints Markdown: the cost, and whether each target is met. */
public final class Report {
    private static final double FLAT = 1.5;
    private static final double JSON_MB = 300;
    private static final double DETECTORS_MB = 200;
    // 10 for masking and 13 for detectors.
    private static final double EXCHANGE_MICROS = 23;

    private final int seconds;
    private final boolean withHostile;

    private Report(int seconds, boolean withHostile) {
        this.seconds = seconds;
        this.withHostile = withHostile;
    }

    /** @param args how long each measurement takes, and whether hostile contents are measured, too */
    public static void main(String[] args) throws RunnerException {
        new Report(Integer.parseInt(args[0]), Boolean.parseBoolean(args[1])).print();
    }

    private void print() throws RunnerException {
        System.out.println("| 64 KiB of JSON | MB/s | target |\n|---|---:|---|");
        for (RunResult result : run(Scanning.class, Mode.SampleTime, 1)) {
            double rate = Texts.orders(Scanning.SIZE).length * 1e3 / median(result);
            String name = name(result);
            String target =
                    switch (name) {
                        case "json" -> verdict("at least 300", rate >= JSON_MB);
                        case "detectors" -> verdict("at least 200", rate >= DETECTORS_MB);
                        default -> "";
                    };
            line("| %s | %.0f | %s |", name, rate, target);
        }
        System.out.println("\n| exchange of 2+2 KiB | \u00b5s | target |\n|---|---:|---|");
        for (RunResult result : run(Exchanges.class, Mode.SampleTime, 1)) {
            double micros = median(result) / 1e3;
            String rules = result.getParams().getParam("rules");
            boolean all = name(result).equals("whole") && rules.equals("detectors");
            String target = all ? verdict("at most 23", micros <= EXCHANGE_MICROS) : "";
            line("| %s, %s | %.1f | %s |", name(result), rules, micros, target);
        }
        if (withHostile) {
            printHostile();
        }
    }

    private void printHostile() throws RunnerException {
        Map<String, Map<Integer, Double>> costs = new TreeMap<>();
        // In one JVM: there are too many to warm each up by itself, and only how they grow matters.
        for (RunResult result : run(Hostile.class, Mode.AverageTime, 0)) {
            String content = result.getParams().getParam("content");
            int times = Integer.parseInt(result.getParams().getParam("times"));
            costs.computeIfAbsent(content, _ -> new TreeMap<>())
                    .put(times, cpuNanos(result) / Hostile.bytes(content, times));
        }
        line("\n| hostile, ns a byte | 64 KiB | 128 KiB | 256 KiB | flat within 1.5 |");
        line("|---|---:|---:|---:|---|");
        costs.forEach((content, byTimes) -> {
            List<Double> nanos = new ArrayList<>(byTimes.values());
            double growth = nanos.getLast() / nanos.getFirst();
            line(
                    "| %s | %.2f | %.2f | %.2f | %.2f%s |",
                    content, nanos.get(0), nanos.get(1), nanos.get(2), growth, growth <= FLAT ? "" : ": **missed**");
        });
    }

    private Collection<RunResult> run(Class<?> benchmarks, Mode mode, int forks) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmarks.getName() + "\\.")
                        .mode(mode)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(forks)
                        .warmupIterations(forks == 0 ? 3 : 10)
                        .warmupTime(length(forks))
                        .measurementIterations(5)
                        .measurementTime(length(forks))
                        .jvmArgsAppend(
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private TimeValue length(int forks) {
        return TimeValue.milliseconds(forks == 0 ? 200L * seconds : 1_000L * seconds);
    }

    /** Of one operation: the median is hardly changed by others who use the machine, too. */
    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    /** Of one operation, in the best iteration. */
    private static double cpuNanos(RunResult result) {
        double best = Double.MAX_VALUE;
        for (BenchmarkResult benchmark : result.getBenchmarkResults()) {
            for (IterationResult iteration : benchmark.getIterationResults()) {
                var counters = iteration.getSecondaryResults();
                double nanos = counters.get("cpuNanos").getScore();
                best = Math.min(best, nanos / counters.get("operations").getScore());
            }
        }
        return best;
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    private static String verdict(String target, boolean met) {
        return met ? target : target + ": **missed**";
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
