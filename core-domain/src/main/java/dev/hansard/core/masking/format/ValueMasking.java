// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.format.HitList.Hit;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all formats do to values: replaces those that are selected, and the parts of others that are found by what they
 * look like or by the names before them. What is replaced by itself, because it is a mask already, is not noted.
 * Belongs to one thread.
 */
public final class ValueMasking {
    /** Of what no configuration can switch off. */
    public static final Treatment ALWAYS_ON = new Treatment("always-on", new MaskAction.Redact());

    /** Of a part that cannot be masked in a content that otherwise can. */
    public static final Treatment WITHHELD = new Treatment("withheld", new MaskAction.Redact());

    private static final byte[] STARS = {'*', '*', '*'};

    private final ValueScanner detectors;
    private final SecretPairs pairs;
    private final Replacer replacer;
    private final Findings findings;
    private final TimeLimit time;
    private final boolean scans;

    /**
     * One for one content.
     *
     * @param names what rules say of names, wherever a name stands before a value in a text
     * @param time of all that is done to the content
     */
    public ValueMasking(ValueScanner detectors, NameRules names, Replacer replacer, Findings findings, TimeLimit time) {
        this(detectors.ofOneThread(), new SecretPairs(names), replacer, findings, time, true);
    }

    private ValueMasking(
            ValueScanner detectors,
            SecretPairs pairs,
            Replacer replacer,
            Findings findings,
            TimeLimit time,
            boolean scans) {
        this.detectors = detectors;
        this.pairs = pairs;
        this.replacer = replacer;
        this.findings = findings;
        this.time = time;
        this.scans = scans;
    }

    /** One that only looks at the names of whole values, and notes nothing here. */
    public ValueMasking trial() {
        return new ValueMasking(detectors, pairs, replacer, new Findings(), time, false);
    }

    /** One that masks alike, and notes nothing here. */
    public ValueMasking unnoted() {
        return new ValueMasking(detectors, pairs, replacer, new Findings(), time, scans);
    }

    /** What limits the time that the content may take. */
    public TimeLimit time() {
        return time;
    }

    public Findings findings() {
        return findings;
    }

    /** What stands in the place of a selected value. */
    public byte[] replaced(Treatment treatment, Spelled value, Supplier<String> place) {
        byte[] by = replacer.replace(treatment.action(), value.bytes(), value.from(), value.to());
        if (!Arrays.equals(by, 0, by.length, value.bytes(), value.from(), value.to())) {
            note(treatment, place);
        }
        return by;
    }

    /**
     * The spelling of a value without what is found in it.
     *
     * @param place of the value, asked for only when it is noted; null for a text, where each place is an offset
     * @return null where nothing is found
     */
    public byte @Nullable [] scanned(Spelled value, int rawFrom, int rawTo, @Nullable Supplier<String> place) {
        if (!scans) {
            return null;
        }
        time.work(value.to() - value.from());
        var found = new HitList(time);
        detectors.scan(value.bytes(), value.from(), value.to(), found);
        pairs.find(value.bytes(), value.from(), value.to(), found);
        List<Hit> hits = found.settled();
        if (hits.isEmpty()) {
            return null;
        }
        var out = new MaskedBytes(rawTo - rawFrom);
        int copied = rawFrom;
        for (Hit hit : hits) {
            int start = Math.max(copied, value.rawStart(hit.from()));
            byte[] by = replacer.replace(hit.treatment().action(), value.bytes(), hit.from(), hit.to());
            if (Arrays.equals(by, 0, by.length, value.bytes(), hit.from(), hit.to())) {
                continue;
            }
            out.add(value.raw(), copied, start - copied);
            out.add(by);
            copied = value.rawEnd(hit.to());
            note(hit.treatment(), place != null ? place : () -> "offset:" + (hit.from() - value.from()));
        }
        if (copied == rawFrom) {
            return null;
        }
        out.add(value.raw(), copied, rawTo - copied);
        return out.toArray();
    }

    /** Finds what stands after secret names, as in a form, and what detectors find; for who replaces it himself. */
    public ValueScanner scanner() {
        return this::find;
    }

    private void find(byte[] bytes, int from, int to, ValueScanner.Hits hits) {
        time.work(to - from);
        // A long one goes through a list of hits, which looks at the clock.
        if (to - from <= TimeLimit.UNIT_BYTES && !hasPair(bytes, from, to)) {
            detectors.scan(bytes, from, to, hits);
            return;
        }
        var found = new HitList(time);
        detectors.scan(bytes, from, to, found);
        pairs.find(bytes, from, to, found);
        for (Hit hit : found.settled()) {
            hits.hit(hit.from(), hit.to(), hit.treatment());
        }
    }

    private static boolean hasPair(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '=' || bytes[i] == ':') {
                return true;
            }
        }
        return false;
    }

    /** Whether detectors find something in how a value is spelled, for readers that do not decode it. */
    boolean detectsIn(byte[] bytes, int from, int to) {
        var found = new HitList(time);
        detectors.scan(bytes, from, to, found);
        return scans && !found.settled().isEmpty();
    }

    /**
     * Refuses a name that must stay as it is, but in which something is found.
     *
     * @param what it is a name of
     */
    public void requireHarmless(String name, String what) throws Unmaskable {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (unnoted().scanned(Spelled.plain(utf8, 0, utf8.length), 0, utf8.length, null) != null) {
            throw new Unmaskable(Unmaskable.Reason.SYNTAX, "the name of " + what + " holds what is to be masked");
        }
    }

    /**
     * Notes a value for which {@code ***} stands now, whatever its rule does with others.
     *
     * @return the stars
     */
    public byte[] hidden(Treatment treatment, Supplier<String> place) {
        note(treatment, place);
        return STARS.clone();
    }

    /**
     * What happens to the value of a field of a form; null for nothing. Of {@code card[pin]}, {@code pin} counts too.
     */
    public @Nullable Treatment treatment(NameRules rules, String name, int valueLength) {
        Treatment treatment = rules.of(name.strip());
        int bracket = name.lastIndexOf('[');
        if (treatment == null && bracket > 0 && name.endsWith("]")) {
            treatment = rules.of(name.substring(bracket + 1, name.length() - 1));
        }
        return treatment != null ? treatment : pairs.treatment(name, valueLength);
    }

    /**
     * A place of that kind and name; a name, too, is shown without what is found in it. It is spelled as in a JSON
     * Pointer, so that it can be told from what lies in it.
     */
    public String place(String kind, String name) {
        return kind + harmless(name).replace("~", "~0").replace("/", "~1");
    }

    /** The same for a path of names. */
    public String path(String kind, String path) {
        return kind + harmless(path);
    }

    private String harmless(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] masked = unnoted().scanned(Spelled.plain(utf8, 0, utf8.length), 0, utf8.length, null);
        return masked == null ? name : new String(masked, StandardCharsets.UTF_8);
    }

    private void note(Treatment treatment, Supplier<String> place) {
        findings.add(treatment.rule(), findings.wantsPlaces() ? place.get() : "");
    }
}
