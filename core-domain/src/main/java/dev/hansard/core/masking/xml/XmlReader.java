// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.xml;

import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a document into its pieces (XML 1.0 section 2), each where it lies. It knows no document types, and so no
 * entities that would have to be looked up. That names match and nest is for the caller to check. Belongs to one
 * thread.
 */
final class XmlReader {
    private static final byte[] COMMENT = ascii("!--");
    private static final byte[] CDATA = ascii("![CDATA[");
    private static final byte[] COMMENT_END = ascii("--");
    private static final byte[] CDATA_END = ascii("]]>");
    private static final byte[] INSTRUCTION_END = ascii("?>");

    private final byte[] bytes;
    private final int first;
    private final int to;
    private int at;
    private final List<Attribute> attributes = new ArrayList<>();

    enum Kind {
        TEXT,
        CDATA,
        COMMENT,
        INSTRUCTION,
        START,
        /** A start and an end in one. */
        EMPTY,
        END
    }

    /**
     * One piece.
     *
     * @param innerFrom where the name of a tag begins, or the content of anything else
     */
    record Piece(Kind kind, int from, int to, int innerFrom, int innerTo) {
        boolean isText() {
            return kind == Kind.TEXT || kind == Kind.CDATA;
        }
    }

    record Attribute(String name, int from, int to) {}

    XmlReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.first = from;
        this.at = from;
        this.to = to;
    }

    boolean hasNext() {
        return at < to;
    }

    /** The attributes of the tag that was given last, until the next is read. */
    List<Attribute> attributes() {
        return attributes;
    }

    Piece next() throws Unmaskable {
        int start = at;
        if (bytes[start] != '<') {
            while (at < to && bytes[at] != '<') {
                if (bytes[at] == ']' && stands(CDATA_END, at)) {
                    throw wrong("text has the end of a CDATA section", at);
                }
                at++;
            }
            return new Piece(Kind.TEXT, start, at, start, at);
        }
        int next = start + 1 < to ? bytes[start + 1] : -1;
        if (next == '!') {
            return declared(start);
        }
        return switch (next) {
            case '?' -> instruction(start);
            case '/' -> endTag(start);
            case -1 -> throw cut();
            default -> startTag(start);
        };
    }

    private Piece declared(int start) throws Unmaskable {
        if (stands(CDATA, start + 1)) {
            int inner = start + 1 + CDATA.length;
            int end = find(CDATA_END, inner);
            at = end + CDATA_END.length;
            return new Piece(Kind.CDATA, start, at, inner, end);
        }
        if (!stands(COMMENT, start + 1)) {
            boolean cut = to - start <= CDATA.length;
            throw cut ? cut() : wrong("a document type or another declaration is not read", start);
        }
        int inner = start + 1 + COMMENT.length;
        int end = find(COMMENT_END, inner);
        at = end + COMMENT_END.length + 1;
        if (at > to) {
            throw cut();
        }
        if (bytes[at - 1] != '>') {
            throw wrong("a comment has two hyphens", end);
        }
        return new Piece(Kind.COMMENT, start, at, inner, end);
    }

    private Piece instruction(int start) throws Unmaskable {
        int name = start + 2;
        int nameEnd = name(name);
        boolean declaration =
                new String(bytes, name, nameEnd - name, StandardCharsets.ISO_8859_1).equalsIgnoreCase("xml");
        if (declaration && start != first) {
            throw wrong("an XML declaration stands elsewhere than at the beginning", start);
        }
        int end = find(INSTRUCTION_END, nameEnd);
        if (end > nameEnd && !isBlank(bytes[nameEnd])) {
            throw wrong("a processing instruction has no blank after its name", nameEnd);
        }
        at = end + INSTRUCTION_END.length;
        return new Piece(Kind.INSTRUCTION, start, at, nameEnd, end);
    }

    private Piece endTag(int start) throws Unmaskable {
        int nameEnd = name(start + 2);
        at = behindBlanks(nameEnd);
        expect('>');
        return new Piece(Kind.END, start, at, start + 2, nameEnd);
    }

    private Piece startTag(int start) throws Unmaskable {
        attributes.clear();
        int nameEnd = name(start + 1);
        at = nameEnd;
        Set<String> names = Set.of();
        while (true) {
            int blank = at;
            at = behindBlanks(at);
            if (at >= to) {
                throw cut();
            }
            if (bytes[at] == '>' || bytes[at] == '/') {
                break;
            }
            if (at == blank) {
                throw wrong("an attribute has no blank before it", at);
            }
            names = attributes.isEmpty() ? new HashSet<>() : names;
            Attribute attribute = attribute();
            if (!names.add(attribute.name())) {
                throw wrong("an attribute stands twice", attribute.from());
            }
            attributes.add(attribute);
        }
        boolean empty = bytes[at] == '/';
        at += empty ? 1 : 0;
        expect('>');
        return new Piece(empty ? Kind.EMPTY : Kind.START, start, at, start + 1, nameEnd);
    }

    private Attribute attribute() throws Unmaskable {
        int nameEnd = name(at);
        var name = new String(bytes, at, nameEnd - at, StandardCharsets.UTF_8);
        at = behindBlanks(nameEnd);
        expect('=');
        at = behindBlanks(at);
        if (at >= to) {
            throw cut();
        }
        byte quote = bytes[at];
        if (quote != '"' && quote != '\'') {
            throw wrong("the value of an attribute has no quote before it", at);
        }
        int start = ++at;
        while (at < to && bytes[at] != quote) {
            if (bytes[at] == '<') {
                throw wrong("the value of an attribute has a tag", at);
            }
            at++;
        }
        int end = at;
        expect((char) quote);
        return new Attribute(name, start, end);
    }

    /** Gives the end of the name that begins there. */
    private int name(int start) throws Unmaskable {
        if (start >= to) {
            throw cut();
        }
        int end = start;
        while (end < to && (isNameStart(bytes[end]) || (end > start && isNamePart(bytes[end])))) {
            end++;
        }
        if (end == start) {
            throw wrong("there is no name", start);
        }
        if (end == to) {
            throw cut();
        }
        return end;
    }

    private void expect(char c) throws Unmaskable {
        if (at >= to) {
            throw cut();
        }
        if (bytes[at] != c) {
            throw wrong("a tag has something that no tag has", at);
        }
        at++;
    }

    private int find(byte[] text, int from) throws Unmaskable {
        for (int i = from; i < to; i++) {
            if (bytes[i] == text[0] && stands(text, i)) {
                return i;
            }
        }
        throw cut();
    }

    private boolean stands(byte[] text, int from) {
        if (to - from < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private int behindBlanks(int from) {
        int i = from;
        while (i < to && isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private static boolean isNameStart(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b == ':' || b < 0;
    }

    private static boolean isNamePart(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '.';
    }

    private Unmaskable wrong(String what, int where) {
        return new Unmaskable(Reason.SYNTAX, what + ", at byte " + (where - first));
    }

    private static Unmaskable cut() {
        return new Unmaskable(Reason.INCOMPLETE, "the document ends too early");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
