// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.core.masking.format.Format;
import dev.hansard.core.masking.format.JsonMaskers;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.QueryMasker;
import dev.hansard.core.masking.format.Spelled;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.json.JsonMasker;
import dev.hansard.core.masking.json.JsonOptions;
import dev.hansard.core.masking.json.NdjsonMasker;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.OutOfTime;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.MaskedPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Masks one message. What cannot be masked for whatever reason is withheld, never kept as it is. Belongs to one thread.
 */
final class MessageMasking {
    /** Reasons for which detectors may go through a content instead of its masker, where the service asks for that. */
    private static final Set<Reason> LEFT_TO_DETECTORS =
            EnumSet.of(Reason.SYNTAX, Reason.FORMAT, Reason.DEPTH, Reason.CHARSET, Reason.INCOMPLETE);

    /** Formats whose beginning can be masked as such, up to the end of a line. */
    private static final Set<Format> LINES = EnumSet.of(Format.TEXT, Format.SSE, Format.NDJSON);

    private final ServiceMasking service;
    private final Replacer replacer;
    private final Findings findings;
    private final ValueMasking headValues;
    private final InjectedValues injected;

    MessageMasking(ServiceMasking service) {
        this(service, new Replacer(service.key()), new Findings());
    }

    /** One for a message of an exchange that values were put into. */
    MessageMasking(ServiceMasking service, ExactValues injected) {
        this(service, new Replacer(service.key()), new Findings(), injected);
    }

    MessageMasking(ServiceMasking service, Replacer replacer, Findings findings) {
        this(service, replacer, findings, ExactValues.NONE);
    }

    private MessageMasking(ServiceMasking service, Replacer replacer, Findings findings, ExactValues injected) {
        this.injected = new InjectedValues(injected, findings);
        this.service = service;
        this.replacer = replacer;
        this.findings = findings;
        this.headValues = service.ofHeads().values(replacer, findings, TimeLimit.none());
    }

    /**
     * A content as it is kept.
     *
     * @param bytes nothing where it is withheld
     * @param reason why it is withheld or was left to detectors; null when neither
     * @param isChanged whether it differs from what went through
     * @param isDecoded whether it is without its content codings, and was not before
     */
    record Body(
            List<ByteBuffer> bytes, @Nullable String reason, boolean isWithheld, boolean isChanged, boolean isDecoded) {
        long length() {
            long length = 0;
            for (ByteBuffer part : bytes) {
                length += part.remaining();
            }
            return length;
        }
    }

    /** Masks a content; {@code isWhole} says whether it was kept to its end. */
    Body body(String contentType, List<String> contentEncoding, List<ByteBuffer> content, boolean isWhole) {
        try {
            return masked(contentType, contentEncoding, content, isWhole);
        } catch (Unmaskable e) {
            return withheld(e.reason());
        } catch (OutOfTime _) {
            return withheld(Reason.TIMEOUT);
        } catch (RuntimeException | StackOverflowError _) {
            // Our bug, and no reason to keep what may hold anything.
            return withheld(Reason.FAILURE);
        }
    }

    private static Body withheld(Reason reason) {
        return new Body(List.of(), reason.word(), true, true, false);
    }

    private Body masked(String contentType, List<String> contentEncoding, List<ByteBuffer> content, boolean isWhole)
            throws Unmaskable {
        TimeLimit time = service.timeLimit();
        List<ByteBuffer> decoded = service.decoding().decode(contentEncoding, content, time);
        boolean isDecoded = !decoded.equals(content);
        ByteBuffer found = gathered(decoded);
        ByteBuffer covered = injected.content(found);
        ByteBuffer bytes = covered == null ? found : covered;
        boolean isOther = isDecoded || covered != null;
        MediaType label = MediaType.parse(contentType);
        SelectedRules rules = service.selected(label);
        ValueMasking values = rules.values(replacer, findings, time);
        var out = new MaskedBytes(bytes.remaining() + bytes.remaining() / 8);
        ContentMasking contents = contents(rules, values);
        Reason reason = null;
        Findings.Mark before = findings.mark();
        try {
            ByteBuffer part = isWhole ? bytes : wholeLines(label, bytes);
            int from = part.arrayOffset() + part.position();
            contents.mask(part.array(), from, from + part.remaining(), label, 0, out);
        } catch (Unmaskable e) {
            if (!service.detectorsOnUnparsable() || !LEFT_TO_DETECTORS.contains(e.reason())) {
                throw e;
            }
            reason = e.reason();
            out.cut(0);
            findings.backTo(before);
            int from = bytes.arrayOffset() + bytes.position();
            contents.detect(bytes.array(), from, from + bytes.remaining(), label, out);
        }
        return kept(isOther ? null : content, bytes, out, isDecoded, reason);
    }

    /** @param content what may be kept as it is where masking has changed nothing; null where that has been changed */
    private static Body kept(
            @Nullable List<ByteBuffer> content,
            ByteBuffer bytes,
            MaskedBytes out,
            boolean isDecoded,
            @Nullable Reason reason) {
        int from = bytes.arrayOffset() + bytes.position();
        boolean isSame = Arrays.equals(out.array(), 0, out.size(), bytes.array(), from, from + bytes.remaining());
        String word = reason == null ? null : reason.word();
        if (isSame && content != null) {
            return new Body(content, word, false, false, false);
        }
        return new Body(List.of(ByteBuffer.wrap(out.array(), 0, out.size())), word, false, true, isDecoded);
    }

    static ByteBuffer gathered(List<ByteBuffer> parts) {
        if (parts.size() == 1 && parts.getFirst().hasArray()) {
            return parts.getFirst();
        }
        int length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        parts.forEach(part -> all.put(part.duplicate()));
        return all.flip();
    }

    /** A content that breaks off: a value at its end could be cut in two, so that nothing recognises it. */
    private static ByteBuffer wholeLines(MediaType label, ByteBuffer bytes) throws Unmaskable {
        int from = bytes.arrayOffset() + bytes.position();
        int end = from + bytes.remaining();
        if (from == end) {
            return bytes;
        }
        if (label.isMultipart() || !LINES.contains(Format.of(label, bytes.array(), from, end))) {
            throw new Unmaskable(Reason.INCOMPLETE, "the content breaks off");
        }
        while (end > from && bytes.array()[end - 1] != '\n') {
            end--;
        }
        return ByteBuffer.wrap(bytes.array(), from, end - from);
    }

    private ContentMasking contents(SelectedRules rules, ValueMasking values) {
        ValueScanner scanner = values.scanner();
        var json = new JsonMaskers() {
            @Override
            public ContentMasker text(MaskedBytes out) {
                return new JsonMasker(rules.json(), scanner, replacer, findings, out, JsonOptions.NESTED);
            }

            @Override
            public ContentMasker lines(MaskedBytes out) {
                return new NdjsonMasker(rules.json(), scanner, replacer, findings, out, JsonOptions.NESTED);
            }
        };
        return new ContentMasking(rules.form(), rules.xml(), json, values);
    }

    /** Masks the field lines of a head or of trailers. */
    List<Field> fields(List<Field> fields) {
        var masked = new ArrayList<Field>(fields.size());
        boolean isChanged = false;
        for (Field field : fields) {
            Field after = masked(field);
            isChanged |= !after.equals(field);
            masked.add(after);
        }
        return isChanged ? masked : fields;
    }

    private Field masked(Field field) {
        Supplier<String> place = () -> "header:" + field.name().toLowerCase(Locale.ROOT);
        String value = value(new Field(field.name(), injected.text(field.value(), place)));
        String name = injected.text(field.name(), () -> "header");
        return value.equals(field.value()) && name.equals(field.name()) ? field : new Field(name, value);
    }

    private String value(Field field) {
        Supplier<String> place = () -> "header:" + field.name().toLowerCase(Locale.ROOT);
        Treatment treatment = service.ofHeads().headers().of(field.name());
        String value = field.value();
        if (treatment != null && !value.isEmpty() && !showsCredential(treatment, field)) {
            byte[] clear = value.getBytes(StandardCharsets.ISO_8859_1);
            Spelled whole = Spelled.plain(clear, 0, clear.length);
            return new String(headValues.replaced(treatment, whole, place), StandardCharsets.US_ASCII);
        }
        String squeezed = SecretNames.squeezed(field.name());
        if (Cookies.isCookie(squeezed) || Cookies.isSetCookie(squeezed)) {
            return cookies(squeezed, value, place);
        }
        String always = HeadMasking.maskedValue(field.name(), value);
        if (!always.equals(value)) {
            headValues.hidden(ValueMasking.ALWAYS_ON, place);
        }
        return text(always, place);
    }

    /** A rule may say how a credential is hidden, but not that a part of it is shown. */
    private static boolean showsCredential(Treatment treatment, Field field) {
        return treatment.action() instanceof MaskAction.KeepLast && HeadMasking.isAlwaysHidden(field.name());
    }

    private String cookies(String squeezed, String value, Supplier<String> place) {
        var masking = new CookieMasking(service.ofHeads().cookies(), headValues, text -> text(text, place));
        String masked = masking.mask(squeezed, value);
        if (masking.hidesAny()) {
            headValues.hidden(ValueMasking.ALWAYS_ON, place);
        }
        return masked;
    }

    /** Masks a request-target. */
    String target(String target) {
        return maskedTarget(injected.text(target, () -> "target"));
    }

    private String maskedTarget(String target) {
        if (target.isEmpty()) {
            return target;
        }
        SelectedRules rules = service.ofHeads();
        String queried = new QueryMasker(rules.query(), headValues, contents(rules, headValues)).mask(target);
        String always = HeadMasking.maskTarget(queried).value();
        if (!always.equals(queried)) {
            headValues.hidden(ValueMasking.ALWAYS_ON, () -> "target");
        }
        int query = always.indexOf('?');
        String path = query < 0 ? always : always.substring(0, query);
        String maskedPath = text(path, "path");
        return maskedPath.equals(path) ? always : maskedPath + always.substring(path.length());
    }

    /** Masks what detectors find in a text of one char for each byte. */
    String text(String text, String place) {
        return text(injected.text(text, () -> place), () -> place);
    }

    private String text(String text, Supplier<String> place) {
        if (text.isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] masked = headValues.scanned(Spelled.plain(bytes, 0, bytes.length), 0, bytes.length, place);
        return masked == null ? text : new String(masked, StandardCharsets.ISO_8859_1);
    }

    /** The digest of something that others must not guess; null without a key. */
    @Nullable
    String digest(String clear) {
        byte[] bytes = clear.getBytes(StandardCharsets.US_ASCII);
        String digest = replacer.digest(bytes, 0, bytes.length);
        return digest == null || service.key() == null ? null : service.key().id() + ":" + digest;
    }

    /** Whether anything was masked so far. */
    boolean hasMasked() {
        return !findings.isEmpty();
    }

    Map<String, Integer> hits() {
        return findings.counts();
    }

    List<MaskedPlace> places() {
        return findings.places().stream()
                .map(place -> new MaskedPlace(place.rule(), place.at()))
                .toList();
    }
}
