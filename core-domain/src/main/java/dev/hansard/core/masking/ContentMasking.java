// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.decode.Charsets;
import dev.hansard.core.masking.decode.Unicode;
import dev.hansard.core.masking.decode.Utf8Text;
import dev.hansard.core.masking.format.Contents;
import dev.hansard.core.masking.format.FormMasker;
import dev.hansard.core.masking.format.Format;
import dev.hansard.core.masking.format.JsonMaskers;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.format.Spelled;
import dev.hansard.core.masking.format.SseMasker;
import dev.hansard.core.masking.format.TextMasker;
import dev.hansard.core.masking.format.ValueMasking;
import dev.hansard.core.masking.multipart.Boundary;
import dev.hansard.core.masking.multipart.MultipartMasker;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import dev.hansard.core.masking.xml.XmlDeclaration;
import dev.hansard.core.masking.xml.XmlMasker;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks a content of any format that has no content coding: says what it is ({@link Format}), brings it into UTF-8,
 * gives it to its masker, which may come back for what lies in it, and puts it back into its own charset. A content that its label allows to be read in a
 * second way, in which something would be left, is refused. Belongs to one thread.
 */
public final class ContentMasking implements Contents {
    private final NameRules form;
    private final NameRules xml;
    private final JsonMaskers json;
    private final ValueMasking values;

    /**
     * @param form names of form and multipart fields
     * @param xml local names of elements and attributes
     */
    public ContentMasking(NameRules form, NameRules xml, JsonMaskers json, ValueMasking values) {
        this.form = form;
        this.xml = xml;
        this.json = json;
        this.values = values;
    }

    @Override
    public void mask(byte[] bytes, int from, int to, MediaType label, int depth, MaskedBytes out) throws Unmaskable {
        if (depth > MAX_NESTING) {
            throw new Unmaskable(Reason.DEPTH, "contents lie in one another deeper than " + MAX_NESTING);
        }
        Boundary boundary = Boundary.of(label, bytes, from, to);
        if (boundary != null) {
            new MultipartMasker(form, values, this, boundary, depth, out).mask(bytes, from, to);
        } else if (label.isMultipart() && from < to) {
            throw new Unmaskable(Reason.SYNTAX, "the content has no line with its multipart boundary");
        } else {
            Utf8Text text = text(bytes, from, to, label);
            if (text.charset() == null) {
                maskUtf8(text.utf8(), label, depth, out);
            } else {
                var masked = new MaskedBytes(text.utf8().remaining());
                maskUtf8(text.utf8(), label, depth, masked);
                out.add(bytes, from, Unicode.markLength(bytes, from, to));
                text.restore(masked.array(), 0, masked.size(), out);
            }
        }
    }

    private void maskUtf8(ByteBuffer utf8, MediaType label, int depth, MaskedBytes out) throws Unmaskable {
        byte[] bytes = utf8.array();
        int start = utf8.arrayOffset() + utf8.position();
        int to = start + utf8.remaining();
        int from = start + Unicode.markLength(bytes, start, to);
        out.add(bytes, start, from - start);
        if (from == to) {
            return;
        }
        int masked = out.size();
        Format format = Format.of(label, bytes, from, to);
        switch (format) {
            case JSON -> run(json.text(out), bytes, from, to);
            case NDJSON -> run(json.lines(out), bytes, from, to);
            case FORM -> run(new FormMasker(form, values, this, depth, out), bytes, from, to);
            case SSE -> run(new SseMasker(values, this, depth, out), bytes, from, to);
            case XML -> new XmlMasker(xml, values, this, depth, out).mask(bytes, from, to);
            case TEXT -> new TextMasker(values, out).mask(bytes, from, to);
            case BINARY -> throw new Unmaskable(Reason.FORMAT, "the content is binary");
        }
        if (label.isForm()
                && format != Format.FORM
                && FormMasker.selects(form, values, out.array(), masked, out.size())) {
            throw new Unmaskable(Reason.SYNTAX, "the content can be read as a form and as something else");
        }
    }

    /**
     * Adds a content that cannot be masked as what it is without what detectors find in it. A text in UTF-16 holds
     * nothing for who reads it byte by byte, so that it is still read as text where that can be.
     */
    void detect(byte[] bytes, int from, int to, MediaType label, MaskedBytes out) throws Unmaskable {
        Utf8Text text = textOrBytes(bytes, from, to, label);
        ByteBuffer utf8 = text.utf8();
        int start = utf8.arrayOffset() + utf8.position();
        int end = start + utf8.remaining();
        byte[] masked = values.scanned(Spelled.plain(utf8.array(), start, end), start, end, null);
        if (masked == null) {
            out.add(bytes, from, to - from);
        } else {
            out.add(bytes, from, text.charset() == null ? 0 : Unicode.markLength(bytes, from, to));
            text.restore(masked, 0, masked.length, out);
        }
    }

    /** What a content is in; null for UTF-8, and for what is no text. */
    static @Nullable Charset charset(List<ByteBuffer> content, MediaType label) {
        ByteBuffer bytes = MessageMasking.gathered(content);
        int from = bytes.arrayOffset() + bytes.position();
        return textOrBytes(bytes.array(), from, from + bytes.remaining(), label).charset();
    }

    private static Utf8Text textOrBytes(byte[] bytes, int from, int to, MediaType label) {
        try {
            return text(bytes, from, to, label);
        } catch (Unmaskable _) {
            return new Utf8Text(ByteBuffer.wrap(bytes, from, to - from), null);
        }
    }

    /** A content as it is masked, read in the charset that its label, its mark or its declaration names. */
    static Utf8Text text(byte[] bytes, int from, int to, MediaType label) throws Unmaskable {
        try {
            if (label.isDoubtful("charset")) {
                throw new Unmaskable(Reason.CHARSET, "the content has several charsets");
            }
            @Nullable String charset = label.parameter("charset");
            String declared = XmlDeclaration.encoding(bytes, from, to);
            if (declared != null && !Charsets.isKnown(declared)) {
                throw new Unmaskable(Reason.CHARSET, "the declared encoding is not known");
            }
            // A declaration that can be read as ASCII is not in UTF-16, whatever it says.
            boolean useful = declared != null && !Charsets.isWide(declared);
            return Charsets.toUtf8(
                    ByteBuffer.wrap(bytes, from, to - from), charset == null && useful ? declared : charset);
        } catch (Unmaskable e) {
            boolean text = label.isText() || !label.parameters().isEmpty();
            throw text ? e : new Unmaskable(Reason.FORMAT, "the content is no text that is known");
        }
    }

    private void run(ContentMasker masker, byte[] bytes, int from, int to) throws Unmaskable {
        for (int at = from; at < to; at += TimeLimit.UNIT_BYTES) {
            int length = Math.min(to - at, TimeLimit.UNIT_BYTES);
            values.time().work(length);
            masker.feed(bytes, at, length);
        }
        masker.finish();
    }
}
