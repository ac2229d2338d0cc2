// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.xml;

import dev.hansard.core.masking.format.Contents;
import dev.hansard.core.masking.format.Looks;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.Spelled;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.format.WholeContent;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import dev.hansard.core.masking.xml.XmlReader.Attribute;
import dev.hansard.core.masking.xml.XmlReader.Kind;
import dev.hansard.core.masking.xml.XmlReader.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Masks an XML document in UTF-8, without a byte order mark. Rules select elements and attributes by their local names;
 * in a selected element every value is masked, at any depth. The text of an element up to the next tag is one value,
 * even with comments, instructions and CDATA sections in between. A value that is JSON is masked as such; so is one
 * that is XML, where there are rules for XML.
 *
 * <p>A document type is refused, and so is every entity but the five that need none: what they stand for cannot be seen
 * here. Belongs to one thread.
 */
public final class XmlMasker extends WholeContent {
    private static final int MAX_KNOWN_NAMES = 1024;

    private final NameRules rules;
    private final ValueMasking values;
    private final Contents contents;
    private final int depth;
    private final MaskedBytes out;
    private final OpenElements open;
    private final List<Piece> run = new ArrayList<>();
    private final Set<String> harmless = new HashSet<>();
    private byte[] bytes = {};
    private boolean hadRoot;

    /**
     * One for one document.
     *
     * @param rules local names of elements and attributes
     */
    public XmlMasker(NameRules rules, ValueMasking values, Contents contents, int depth, MaskedBytes out) {
        this.rules = rules;
        this.values = values;
        this.contents = contents;
        this.depth = depth;
        this.out = out;
        this.open = new OpenElements(rules);
    }

    @Override
    public void mask(byte[] document, int from, int to) throws Unmaskable {
        if (XmlDeclaration.isOther(document, from, to)) {
            throw new Unmaskable(Reason.SYNTAX, "the document is not XML 1.0");
        }
        bytes = document;
        var reader = new XmlReader(document, from, to);
        while (reader.hasNext()) {
            Piece piece = reader.next();
            values.time().work(piece.to() - piece.from());
            switch (piece.kind()) {
                case TEXT, CDATA, COMMENT -> run.add(piece);
                case INSTRUCTION -> {
                    requireHarmless(text(piece.from() + 2, piece.innerFrom()));
                    run.add(piece);
                }
                case START, EMPTY, END -> {
                    maskRun();
                    maskTag(piece, reader.attributes());
                }
            }
        }
        maskRun();
        if (!hadRoot || !open.isEmpty()) {
            throw new Unmaskable(Reason.INCOMPLETE, "the document ends before its last element does");
        }
    }

    private void maskTag(Piece tag, List<Attribute> attributes) throws Unmaskable {
        String name = text(tag.innerFrom(), tag.innerTo());
        if (tag.kind() == Kind.END) {
            open.end(name);
            copy(tag.from(), tag.to());
            return;
        }
        if (open.isEmpty() && hadRoot) {
            throw new Unmaskable(Reason.SYNTAX, "the document has more than one root");
        }
        hadRoot = true;
        requireHarmless(name);
        open.start(name);
        int copied = tag.from();
        for (Attribute attribute : attributes) {
            requireHarmless(attribute.name());
            byte[] masked = maskedAttribute(attribute);
            if (masked != null) {
                copy(copied, attribute.from());
                out.add(masked);
                copied = attribute.to();
            }
        }
        copy(copied, tag.to());
        if (tag.kind() == Kind.EMPTY) {
            open.end(name);
        }
    }

    /** Names come again and again, and are looked at once. */
    private void requireHarmless(String name) throws Unmaskable {
        if (!harmless.contains(name)) {
            values.requireHarmless(name, "an element, attribute or instruction");
            if (harmless.size() < MAX_KNOWN_NAMES) {
                harmless.add(name);
            }
        }
    }

    private byte @Nullable [] maskedAttribute(Attribute attribute) throws Unmaskable {
        Spelled value = XmlText.unescaped(bytes, attribute.from(), attribute.to());
        Treatment treatment = open.ofAttribute(attribute.name());
        Supplier<String> place = place("/@" + attribute.name());
        if (treatment != null) {
            return attribute.from() == attribute.to() ? null : values.replaced(treatment, value, place);
        }
        return maskedValue(value, attribute.from(), attribute.to(), place);
    }

    /** Masks what stood between two tags. */
    private void maskRun() throws Unmaskable {
        int texts = 0;
        for (Piece piece : run) {
            texts += piece.isText() ? 1 : 0;
        }
        byte[] joined = texts > 1 ? maskedTogether() : null;
        boolean first = true;
        for (Piece piece : run) {
            if (!piece.isText()) {
                maskAside(piece);
            } else if (joined == null) {
                maskPiece(piece);
            } else if (first) {
                out.add(joined);
                first = false;
            }
        }
        run.clear();
    }

    /** The masked value of several pieces, as text; null when nothing is to be masked in it. */
    private byte @Nullable [] maskedTogether() throws Unmaskable {
        var clear = new MaskedBytes(0);
        for (Piece piece : run) {
            if (piece.isText()) {
                Spelled value = value(piece);
                clear.add(value.bytes(), value.from(), value.to() - value.from());
            }
        }
        requireBlankOutside(clear.array(), 0, clear.size());
        Spelled value = Spelled.plain(clear.array(), 0, clear.size());
        Treatment treatment = open.treatment();
        byte[] masked;
        if (treatment == null) {
            masked = clearMasked(value, 0, clear.size(), place(""));
        } else if (isBlank(clear.array(), 0, clear.size())) {
            masked = null;
        } else {
            masked = values.replaced(treatment, value, place(""));
        }
        return masked == null ? null : XmlText.escaped(masked, 0, masked.length);
    }

    private void maskPiece(Piece piece) throws Unmaskable {
        int from = piece.innerFrom();
        int to = piece.innerTo();
        requireBlankOutside(bytes, from, to);
        Treatment treatment = open.treatment();
        byte[] masked = null;
        if (treatment != null) {
            while (from < to && XmlReader.isBlank(bytes[from])) {
                from++;
            }
            while (to > from && XmlReader.isBlank(bytes[to - 1])) {
                to--;
            }
        }
        Spelled value =
                piece.kind() == Kind.CDATA ? Spelled.plain(bytes, from, to) : XmlText.unescaped(bytes, from, to);
        if (treatment != null && from < to) {
            masked = values.replaced(treatment, value, place(""));
        } else if (treatment == null && piece.kind() == Kind.CDATA) {
            maskSection(piece, value);
            return;
        } else if (treatment == null) {
            masked = maskedValue(value, from, to, place(""));
        }
        if (masked != null && XmlText.endsSection(masked)) {
            // A mask and what follows it may make what no text may have.
            masked = values.hidden(ValueMasking.WITHHELD, place(""));
        }
        copy(piece.from(), from);
        if (masked == null) {
            copy(from, to);
        } else {
            out.add(masked);
        }
        copy(to, piece.to());
    }

    /** A CDATA section stays one only when nothing is masked in it: what is masked could hold its end. */
    private void maskSection(Piece piece, Spelled value) {
        byte[] masked = clearMasked(value, piece.innerFrom(), piece.innerTo(), place(""));
        if (masked == null) {
            copy(piece.from(), piece.to());
        } else {
            out.add(XmlText.escaped(masked, 0, masked.length));
        }
    }

    /** Comments and instructions hold no values, but whatever somebody has put there. */
    private void maskAside(Piece piece) {
        int from = piece.innerFrom();
        int to = piece.innerTo();
        byte[] masked = null;
        Treatment treatment = open.treatment();
        boolean markup = false;
        for (int i = from; i < to; i++) {
            markup |= bytes[i] == '<' || bytes[i] == '{';
        }
        boolean hides = treatment != null || markup;
        byte[] stars = piece.kind() == Kind.COMMENT ? new byte[] {'*', '*', '*'} : new byte[] {' ', '*', '*', '*'};
        if (from < to && (hides || values.scanned(Spelled.plain(bytes, from, to), from, to, place("")) != null)) {
            masked = stars;
        }
        if (masked != null && hides && !Arrays.equals(masked, 0, masked.length, bytes, from, to)) {
            values.hidden(treatment != null ? treatment : ValueMasking.WITHHELD, place(""));
        }
        copy(piece.from(), from);
        if (masked == null) {
            copy(from, to);
        } else {
            out.add(masked);
        }
        copy(to, piece.to());
    }

    /** The spelling of a value in which something was masked; null when nothing was. */
    private byte @Nullable [] maskedValue(Spelled value, int from, int to, Supplier<String> place) {
        if (isContent(value)) {
            byte[] masked = clearMasked(value, from, to, place);
            return masked == null ? null : XmlText.escaped(masked, 0, masked.length);
        }
        return values.scanned(value, from, to, place);
    }

    /** The value itself in which something was masked; null when nothing was. */
    private byte @Nullable [] clearMasked(Spelled value, int from, int to, Supplier<String> place) {
        if (!isContent(value)) {
            return values.scanned(value, from, to, place);
        }
        var masked = new MaskedBytes(value.to() - value.from());
        // No name of a path ends in a colon: what lies in the value can be told from elements in its place.
        String outer = values.findings().enter(place.get() + ":");
        try {
            contents.mask(value.bytes(), value.from(), value.to(), MediaType.NONE, depth + 1, masked);
        } catch (Unmaskable _) {
            return values.hidden(ValueMasking.WITHHELD, () -> "");
        } finally {
            values.findings().leave(outer);
        }
        boolean same = Arrays.equals(masked.array(), 0, masked.size(), value.bytes(), value.from(), value.to());
        return same ? null : masked.toArray();
    }

    private boolean isContent(Spelled value) {
        var looks = new Looks(value.bytes(), value.from(), value.to());
        return looks.isJson() || (looks.isXml() && !rules.isEmpty());
    }

    private Spelled value(Piece piece) throws Unmaskable {
        return piece.kind() == Kind.CDATA
                ? Spelled.plain(bytes, piece.innerFrom(), piece.innerTo())
                : XmlText.unescaped(bytes, piece.innerFrom(), piece.innerTo());
    }

    private void requireBlankOutside(byte[] text, int from, int to) throws Unmaskable {
        if (open.isEmpty() && !isBlank(text, from, to)) {
            throw new Unmaskable(Reason.SYNTAX, "the document has text outside its root");
        }
    }

    private static boolean isBlank(byte[] text, int from, int to) {
        int i = from;
        while (i < to && XmlReader.isBlank(text[i])) {
            i++;
        }
        return i == to;
    }

    private Supplier<String> place(String end) {
        return () -> values.path("xml:", open.path() + end);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private void copy(int from, int to) {
        out.add(bytes, from, to - from);
    }
}
