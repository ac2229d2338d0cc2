// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Serialises heads, chunk framing and small contents into a buffer of its own, which is used again. What it takes
 * as text is checked byte by byte, so that no value can end a line early (response splitting, request smuggling): a
 * caller that hands it a control gets IllegalStateException, because the core must never let it come so far. Owned
 * by one thread.
 */
public final class HeadWriter {
    private static final int FIRST_BYTES = 1_024;
    /** A larger buffer is not kept for the next message, so that an idle connection holds little. */
    private static final int KEPT_BYTES = 64 * 1_024;

    private static final int LARGEST_STATUS = 999;
    private static final int HEX_SHIFT = 4;

    private final HeadPlan.FieldSink added = this::field;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** The buffer; only the first {@link #length} bytes count, and only until the next call. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    public void requestLine(String method, String target) {
        token(method, "method");
        put(Octets.SP);
        text(target, "target", true);
        ascii(" HTTP/1.1\r\n");
    }

    public void statusLine(int status, String reason) {
        if (status < 100 || status > LARGEST_STATUS) {
            throw new IllegalStateException("status must have three digits, but is " + status);
        }
        ascii("HTTP/1.1 ");
        decimal(status);
        put(Octets.SP);
        text(reason, "reason", false);
        lineEnd();
    }

    /** The received fields that the plan keeps, in their order and with their bytes, then those it adds. */
    public void fields(Fields received, HeadPlan plan) {
        for (int index = 0; index < received.count(); index++) {
            if (plan.keeps(index)) {
                kept(received, index);
            }
        }
        plan.added(added);
    }

    private void kept(Fields received, int index) {
        if (received instanceof FieldSection section) {
            if (!section.isFraming(index)) {
                copy(section, index);
            }
        } else if (!isFraming(received, index)) {
            field(received.name(index), received.value(index));
        }
    }

    private static boolean isFraming(Fields fields, int index) {
        return fields.isNamed(index, ControlFields.CONTENT_LENGTH)
                || fields.isNamed(index, ControlFields.TRANSFER_ENCODING);
    }

    /** The section has checked the bytes when it was parsed. */
    private void copy(FieldSection section, int index) {
        int nameLength = section.nameEnd(index) - section.nameStart(index);
        int valueLength = section.valueEnd(index) - section.valueStart(index);
        ensureRoom(nameLength + valueLength + 4);
        System.arraycopy(section.bytes(), section.nameStart(index), bytes, length, nameLength);
        length += nameLength;
        bytes[length++] = ':';
        bytes[length++] = Octets.SP;
        System.arraycopy(section.bytes(), section.valueStart(index), bytes, length, valueLength);
        length += valueLength;
        bytes[length++] = Octets.CR;
        bytes[length++] = Octets.LF;
    }

    /**
     * One field of our own.
     *
     * @throws IllegalStateException when the name is no token or frames the message, or the value holds a control
     *     character or a char that is not one byte
     */
    public void field(String name, String value) {
        if (name.equalsIgnoreCase(ControlFields.CONTENT_LENGTH)
                || name.equalsIgnoreCase(ControlFields.TRANSFER_ENCODING)) {
            throw new IllegalStateException("field '" + name + "' belongs to the codec, but was added as a field");
        }
        token(name, "field name");
        put((byte) ':');
        put(Octets.SP);
        text(value, "field value", false);
        lineEnd();
    }

    public void length(long contentLength) {
        if (contentLength < 0) {
            throw new IllegalStateException("content length must be 0 or more, but is " + contentLength);
        }
        ascii("Content-Length: ");
        decimal(contentLength);
        lineEnd();
    }

    public void chunked() {
        ascii("Transfer-Encoding: chunked\r\n");
    }

    /** The empty line that ends a head. */
    public void end() {
        lineEnd();
    }

    /** The line before a chunk's data; 0 is not a size, since it would end the content. */
    public void chunkHead(int size) {
        if (size <= 0) {
            throw new IllegalStateException("chunk size must be positive, but is " + size);
        }
        int shift = Integer.SIZE - HEX_SHIFT - Integer.numberOfLeadingZeros(size) / HEX_SHIFT * HEX_SHIFT;
        for (; shift >= 0; shift -= HEX_SHIFT) {
            put((byte) Character.forDigit((size >>> shift) & 0xF, 16));
        }
        lineEnd();
    }

    /** The line end after a chunk's data. */
    public void chunkTail() {
        lineEnd();
    }

    /**
     * The end of chunked content.
     *
     * @param trailers the trailer fields, of which those that frame are left out; null for none
     */
    public void lastChunk(@Nullable Fields trailers) {
        ascii("0\r\n");
        if (trailers != null) {
            for (int index = 0; index < trailers.count(); index++) {
                kept(trailers, index);
            }
        }
        lineEnd();
    }

    public void content(byte[] content, int offset, int count) {
        ensureRoom(count);
        System.arraycopy(content, offset, bytes, length, count);
        length += count;
    }

    private void token(String token, String what) {
        ensureRoom(token.length());
        for (int index = 0; index < token.length(); index++) {
            char octet = token.charAt(index);
            if (!Octets.isToken(octet)) {
                throw refused(what, octet);
            }
            bytes[length++] = (byte) octet;
        }
        if (token.isEmpty()) {
            throw new IllegalStateException(what + " must be a token, but is empty");
        }
    }

    private void text(String text, String what, boolean target) {
        ensureRoom(text.length());
        for (int index = 0; index < text.length(); index++) {
            char octet = text.charAt(index);
            if (octet > 0xFF || !(target ? Octets.isTarget(octet) : Octets.isText(octet))) {
                throw refused(what, octet);
            }
            bytes[length++] = (byte) octet;
        }
        if (target && text.isEmpty()) {
            throw new IllegalStateException(what + " must not be empty");
        }
    }

    /** The char is named, the value never shown: it may be a secret. */
    private static IllegalStateException refused(String what, char octet) {
        return new IllegalStateException(
                "%s must not hold U+%04X; the core has to refuse or encode it".formatted(what, (int) octet));
    }

    private void decimal(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        ensureRoom(digits);
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private void ascii(String text) {
        ensureRoom(text.length());
        for (int index = 0; index < text.length(); index++) {
            bytes[length++] = (byte) text.charAt(index);
        }
    }

    private void lineEnd() {
        put(Octets.CR);
        put(Octets.LF);
    }

    private void put(byte octet) {
        ensureRoom(1);
        bytes[length++] = octet;
    }

    private void ensureRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
