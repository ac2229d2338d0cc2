// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.multipart;

import dev.hansard.core.masking.HeadMasking;
import dev.hansard.core.masking.format.Contents;
import dev.hansard.core.masking.format.Looks;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.Spelled;
import dev.hansard.core.masking.format.TextMasker;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.format.WholeContent;
import dev.hansard.core.masking.format.Withheld;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Masks a content of several parts (RFC 2046 section 5.1): the values of part heads as those of any head, the parts
 * that rules or secret names select, and the content of each other as what it is. A part that cannot be masked, such as
 * an image, is withheld as one, with its reason and length in its place.
 *
 * <p>Where parts begin must be beyond doubt, or else a secret part could look like a piece of another. So a line that
 * begins with the boundary and goes on with anything is refused, and so are lines that do not all end alike. Belongs to
 * one thread.
 */
public final class MultipartMasker extends WholeContent {
    /** Most parts of one content. */
    public static final int MAX_PARTS = 10_000;

    private final NameRules rules;
    private final ValueMasking values;
    private final Contents contents;
    private final int depth;
    private final MaskedBytes out;
    private final Delimiters delimiters;

    /**
     * One for one content.
     *
     * @param rules names of form fields
     */
    public MultipartMasker(
            NameRules rules, ValueMasking values, Contents contents, Boundary boundary, int depth, MaskedBytes out) {
        this.rules = rules;
        this.values = values;
        this.contents = contents;
        this.depth = depth;
        this.out = out;
        this.delimiters = new Delimiters(boundary);
    }

    @Override
    public void mask(byte[] bytes, int from, int to) throws Unmaskable {
        delimiters.open(bytes, from, to);
        int parts = 0;
        int at = from;
        while (delimiters.next()) {
            if (++parts > MAX_PARTS) {
                throw new Unmaskable(Reason.SIZE, "the content has more than " + MAX_PARTS + " parts");
            }
            if (parts == 1) {
                maskAround("preamble", bytes, at, delimiters.partEnd());
            } else {
                maskPart(bytes, at, delimiters.partEnd(), parts - 1);
            }
            out.add(bytes, delimiters.partEnd(), delimiters.end() - delimiters.partEnd());
            at = delimiters.end();
        }
        maskAround("epilogue", bytes, at, to);
    }

    private void maskAround(String place, byte[] bytes, int from, int to) throws Unmaskable {
        String outer = values.findings().enter(place);
        try {
            new TextMasker(values, out).mask(bytes, from, to);
        } finally {
            values.findings().leave(outer);
        }
    }

    private void maskPart(byte[] bytes, int from, int to, int number) throws Unmaskable {
        PartHead head = PartHead.read(bytes, from, to, delimiters.crlf());
        String name = head.names().stream().findFirst().orElse(Integer.toString(number));
        String place = values.place("part:", name);
        int copied = from;
        for (PartHead.Line field : head.fields()) {
            values.requireHarmless(field.name(), "a field of a part");
            byte[] masked = maskedField(field, place);
            if (masked != null) {
                out.add(bytes, copied, field.valueStart() - copied);
                out.add(masked);
                copied = field.end();
            }
        }
        out.add(bytes, copied, head.end() - copied);
        if (head.end() < to) {
            maskContent(head, bytes, head.end(), to, place);
        }
    }

    private byte @Nullable [] maskedField(PartHead.Line field, String place) {
        String value = HeadMasking.maskedValue(field.name(), field.value());
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        String at = place + "/header:" + field.name();
        if (!value.equals(field.value())) {
            values.hidden(ValueMasking.ALWAYS_ON, () -> at);
        }
        byte[] scanned = values.scanned(Spelled.plain(bytes, 0, bytes.length), 0, bytes.length, () -> at);
        if (scanned != null) {
            return scanned;
        }
        return value.equals(field.value()) ? null : bytes;
    }

    private void maskContent(PartHead head, byte[] bytes, int from, int to, String place) {
        String outer = values.findings().enter(place);
        try {
            TransferEncoding encoding = head.encoding();
            MaskedBytes clear = encoding.decoded(bytes, from, to);
            byte[] masked = masked(head, clear);
            boolean same = Arrays.equals(masked, 0, masked.length, clear.array(), 0, clear.size());
            if (encoding != TransferEncoding.NONE) {
                requireNothingElse(bytes, from, to, clear);
            }
            if (same) {
                out.add(bytes, from, to - from);
            } else {
                out.add(encoding.encoded(masked));
            }
        } catch (Unmaskable e) {
            withhold(head, e, bytes, from, to);
        } finally {
            values.findings().leave(outer);
        }
    }

    private byte[] masked(PartHead head, MaskedBytes clear) throws Unmaskable {
        byte[] bytes = clear.array();
        int length = clear.size();
        if (Withheld.isPlaceholder(bytes, 0, length)) {
            return clear.toArray();
        }
        for (String name : head.names()) {
            Treatment treatment = values.treatment(rules, name, length);
            if (treatment != null) {
                return values.replaced(treatment, Spelled.plain(bytes, 0, length), () -> "");
            }
        }
        var looks = new Looks(bytes, 0, length);
        boolean field = !head.hasType() && !head.isFile() && !looks.isJson() && !looks.isDeclaredXml();
        var masked = new MaskedBytes(length);
        if (field) {
            new TextMasker(values, masked).mask(bytes, 0, length);
        } else {
            contents.mask(bytes, 0, length, head.type(), depth + 1, masked);
        }
        return masked.toArray();
    }

    /** Many readers of forms do not decode parts: what is not decoded must hold nothing either. */
    private void requireNothingElse(byte[] bytes, int from, int to, MaskedBytes clear) throws Unmaskable {
        if (Arrays.equals(bytes, from, to, clear.array(), 0, clear.size())) {
            return;
        }
        var looks = new Looks(bytes, from, to);
        boolean found = values.unnoted().scanned(Spelled.plain(bytes, from, to), from, to, null) != null;
        if (!found && looks.isJson()) {
            var copy = new MaskedBytes(to - from);
            contents.mask(bytes, from, to, MediaType.NONE, depth + 1, copy);
            found = !Arrays.equals(bytes, from, to, copy.array(), 0, copy.size());
        }
        if (found) {
            throw new Unmaskable(Reason.CODING, "a part can be read decoded and as it is");
        }
    }

    private void withhold(PartHead head, Unmaskable reason, byte[] bytes, int from, int to) {
        if (Withheld.isPlaceholder(bytes, from, to)) {
            out.add(bytes, from, to - from);
            return;
        }
        values.hidden(ValueMasking.WITHHELD, () -> "");
        byte[] placeholder = Withheld.placeholder(reason.reason(), to - from);
        try {
            out.add(head.encoding().encoded(placeholder));
        } catch (Unmaskable _) {
            out.add(placeholder);
        }
    }
}
