// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import dev.hansard.core.masking.detect.Detectors;
import dev.hansard.core.masking.json.JsonMasker;
import dev.hansard.core.masking.json.JsonOptions;
import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.http.content.Re2jPatterns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The two parts that read every byte, each by itself, on 64 KiB of ordinary JSON. */
@State(Scope.Thread)
public class Scanning {
    static final int SIZE = 64 << 10;

    private final byte[] content = Texts.orders(SIZE);
    private final JsonSelectors selectors = JsonSelectors.of(Maskings.tenRules());
    private final Replacer replacer = new Replacer(Maskings.KEY);
    private final Detectors detectors = Detectors.of(Maskings.allDetectors(), Re2jPatterns.create());
    private final MaskedBytes out = new MaskedBytes(2 * SIZE);

    /** With ten rules by names, pointers and paths, and strings that are JSON themselves. */
    @Benchmark
    public int json() throws Unmaskable {
        out.cut(0);
        var masker =
                new JsonMasker(selectors, ValueScanner.NONE, replacer, new Findings(), out, JsonOptions.NESTED);
        masker.feed(content, 0, content.length);
        masker.finish();
        return out.size();
    }

    /** All of them at once. */
    @Benchmark
    public void detectors(Blackhole hole) {
        detectors.scan(content, 0, content.length, (from, _, _) -> hole.consume(from));
    }

    /** What any masker does at least. */
    @Benchmark
    public int copy() {
        out.cut(0);
        out.add(content, 0, content.length);
        return out.size();
    }
}
