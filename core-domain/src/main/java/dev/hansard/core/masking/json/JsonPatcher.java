// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.KnownName;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what is selected or recognised while a JSON text is copied. What is replaced by itself, because it is a mask
 * already, is not noted. Belongs to one thread.
 */
final class JsonPatcher implements JsonEvents {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonSelectors selectors;
    private final boolean scans;
    private final Replacer replacer;
    private final Findings findings;
    private final MaskedBytes out;

    private final Trail trail;
    private final RunCopy copy;
    private final TextPatcher patcher;
    private final MaskedBytes clear = new MaskedBytes(0);
    private final @Nullable NestedJson nested;

    /** What the object or array that is read is replaced by; null outside of one. */
    private @Nullable Treatment selected;

    private long selectedFrom;
    private int selectedDepth;
    private boolean patched;

    JsonPatcher(JsonParts parts, MaskedBytes out, @Nullable Trail outer) {
        selectors = parts.selectors();
        scans = !parts.scanner().equals(ValueScanner.NONE);
        replacer = parts.replacer();
        findings = parts.findings();
        this.out = out;
        trail = new Trail(selectors, out, parts.options().maxDepth(), outer);
        copy = new RunCopy(out);
        patcher = new TextPatcher(parts.scanner(), replacer);
        nested = parts.options().jsonInStrings() ? new NestedJson(parts, trail) : null;
    }

    /** Another text begins; see {@link Trail#restart}. */
    void restart(String kind, long number) {
        trail.restart(kind, number);
        selected = null;
        patched = false;
    }

    RunCopy copy() {
        return copy;
    }

    /** Whether something was replaced since the start. */
    boolean hasPatched() {
        return patched;
    }

    @Override
    public void name(long from, long to, int traits) {
        if (selected != null) {
            return;
        }
        byte[] array = copy.arrayOf(from, to);
        int at = copy.indexOf(from);
        int end = at + (int) (to - from);
        boolean escaped = (traits & StringSyntax.ESCAPED) != 0;
        trail.name(traits == 0 ? selectors.ascii(array, at, end) : wide(array, at, end, escaped));
        boolean found = scans && patcher.find(array, at, end, escaped);
        int nameFrom = copy.outAt(from);
        if (found) {
            copy.copyTo(to);
            patcher.patch(out, nameFrom);
        }
        trail.nameAt(nameFrom, found ? out.size() : copy.outAt(to));
        if (found) {
            note();
        }
    }

    private @Nullable KnownName wide(byte[] array, int at, int end, boolean escaped) {
        if (!escaped) {
            return selectors.wide(array, at, end);
        }
        clear.cut(0);
        JsonText.unescape(array, at, end, clear);
        return selectors.wide(clear.array(), 0, clear.size());
    }

    @Override
    public void string(long from, long to, int traits) throws Unmaskable {
        if (selected != null) {
            return;
        }
        Treatment treatment = trail.next();
        boolean escaped = (traits & StringSyntax.ESCAPED) != 0;
        if (treatment != null) {
            replaceString(from, to, escaped, treatment);
        } else if ((nested == null || !isJson(nested, from, to, escaped)) && scans) {
            scanString(from, to, escaped);
        }
    }

    @Override
    public void number(long from, long to) {
        if (selected != null) {
            return;
        }
        Treatment treatment = trail.next();
        if (treatment != null) {
            replaceRaw(from, to, treatment);
        } else if (scans) {
            scanNumber(from, to);
        }
    }

    @Override
    public void literal(long from, long to, boolean isNull) {
        if (selected != null) {
            return;
        }
        Treatment treatment = trail.next();
        if (treatment != null && !isNull) {
            replaceRaw(from, to, withoutLast(treatment));
        }
    }

    @Override
    public void open(long at, boolean object) {
        if (selected != null) {
            selectedDepth++;
            return;
        }
        selected = trail.next();
        if (selected == null) {
            trail.open(object);
        } else {
            selectedFrom = at;
            selectedDepth = 1;
        }
    }

    @Override
    public void close(long end) {
        if (selected == null) {
            trail.close();
        } else if (--selectedDepth == 0) {
            Treatment treatment = withoutLast(selected);
            selected = null;
            replaceRaw(selectedFrom, end, treatment);
        }
    }

    /** The last characters of an object are those of some value in it, and those of true tell all of it. */
    private static Treatment withoutLast(Treatment treatment) {
        boolean keepsLast = treatment.action() instanceof MaskAction.KeepLast;
        return keepsLast ? new Treatment(treatment.rule(), new MaskAction.Redact()) : treatment;
    }

    private void replaceString(long from, long to, boolean escaped, Treatment treatment) {
        byte[] array = copy.arrayOf(from, to);
        int at = copy.indexOf(from);
        int end = at + (int) (to - from);
        if (escaped) {
            clear.cut(0);
            JsonText.unescape(array, at, end, clear);
            array = clear.array();
            at = 0;
            end = clear.size();
        }
        byte[] answer = replacer.replace(treatment.action(), array, at, end);
        boolean isMask = !(treatment.action() instanceof MaskAction.Drop)
                && Arrays.equals(answer, 0, answer.length, array, at, end);
        replace(from - 1, to + 1, answer, treatment);
        if (!isMask) {
            note(treatment);
        }
    }

    private void replaceRaw(long from, long to, Treatment treatment) {
        byte[] array = copy.arrayOf(from, to);
        int at = copy.indexOf(from);
        replace(from, to, replacer.replace(treatment.action(), array, at, at + (int) (to - from)), treatment);
        note(treatment);
    }

    private void replace(long from, long to, byte[] answer, Treatment treatment) {
        copy.drop(from, to);
        if (treatment.action() instanceof MaskAction.Drop) {
            out.add(NULL);
        } else {
            out.add('"');
            out.add(answer);
            out.add('"');
        }
        patched = true;
    }

    private void note(Treatment treatment) {
        findings.add(treatment.rule(), findings.wantsPlaces() ? trail.place() : "");
    }

    private boolean isJson(NestedJson inner, long from, long to, boolean escaped) throws Unmaskable {
        byte[] array = copy.arrayOf(from, to);
        int at = copy.indexOf(from);
        if (!NestedJson.mayBegin(array, at, at + (int) (to - from), escaped)) {
            return false;
        }
        // Places inside of it begin with the names around it, which are looked up in the output.
        copy.copyTo(to);
        int start = copy.outAt(from);
        if (!inner.mask(out.array(), start, out.size(), escaped)) {
            return false;
        }
        MaskedBytes masked = inner.masked();
        if (masked != null) {
            out.cut(start);
            JsonText.escape(masked.array(), 0, masked.size(), out);
            patched = true;
        }
        return true;
    }

    private void scanString(long from, long to, boolean escaped) {
        byte[] array = copy.arrayOf(from, to);
        int at = copy.indexOf(from);
        if (!patcher.find(array, at, at + (int) (to - from), escaped)) {
            return;
        }
        if (patcher.dropsAll()) {
            copy.drop(from - 1, to + 1);
            out.add(NULL);
        } else {
            copy.copyTo(to);
            patcher.patch(out, copy.outAt(from));
        }
        note();
    }

    /** A number in which something is found becomes a string. */
    private void scanNumber(long from, long to) {
        byte[] array = copy.arrayOf(from, to);
        int at = copy.indexOf(from);
        int end = at + (int) (to - from);
        MaskedBytes text = clear;
        if (patcher.find(array, at, end, false)) {
            text.cut(0);
            text.add(array, at, end - at);
        } else if (patcher.findPlain(array, at, end)) {
            text = patcher.plain();
        } else {
            return;
        }
        copy.drop(from, to);
        if (patcher.dropsAll()) {
            out.add(NULL);
        } else {
            out.add('"');
            int start = out.size();
            out.add(text.array(), 0, text.size());
            patcher.patch(out, start);
            out.add('"');
        }
        note();
    }

    private void note() {
        patched = true;
        String place = findings.wantsPlaces() ? trail.place() : "";
        for (int hit = 0; hit < patcher.hits(); hit++) {
            if (patcher.isChange(hit)) {
                findings.add(patcher.rule(hit), place);
            }
        }
    }
}
