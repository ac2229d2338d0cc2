// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SessionSummary} in a few dozen bytes: what the indexer needs, readable without any decompression. The first
 * byte is the version; later versions may add fields at the end, which older readers leave unread. Numbers are varints
 * of seven bits, texts a varint of twice their length plus one when they are UTF-16, then ISO-8859-1 or UTF-16. Texts
 * longer than a catalog keeps them are cut: the full ones stand in the metadata record.
 */
final class SummaryCodec {
    private static final int VERSION = 1;
    private static final int MAX_TEXT = SessionSummary.MAX_TEXT;
    /** Most bytes of all groups together, so that the whole stays below {@link FrameFormat#MAX_SUMMARY}. */
    private static final int MAX_GROUP_BYTES = 24 * 1024;

    // The order of these enums is part of the format: values may only be added at the end.
    private static final List<SessionState> STATES = List.of(SessionState.values());
    private static final List<Ending> ENDINGS = List.of(Ending.values());
    private static final List<Durability> DURABILITIES = List.of(Durability.values());

    private SummaryCodec() {}

    /**
     * Writes the summary of a session.
     *
     * @param clear whether the records beside it are; otherwise the target ends at its query, which has contents
     */
    static void write(ByteSink out, Session session, boolean clear) {
        write(out, session.summary(), clear ? session.target() : path(session.target()));
    }

    /** Writes a summary as the catalog has it, without anything behind it. */
    static void write(ByteSink out, SessionSummary summary) {
        write(out, summary, summary.target());
    }

    private static void write(ByteSink out, SessionSummary session, String target) {
        out.put(VERSION);
        text(out, session.service().value());
        text(out, session.node().value());
        text(out, session.listener());
        Instant at = session.startedAt();
        out.varint(zigzag(at.getEpochSecond()));
        out.varint(at.getNano());
        out.varint(zigzag(session.durationMicros()));
        out.put(STATES.indexOf(session.state()));
        out.put(ENDINGS.indexOf(session.ending()));
        nullable(out, session.code());
        out.put(DURABILITIES.indexOf(session.durability()));
        text(out, session.retention().value());
        caller(out, session.caller());
        text(out, session.method());
        text(out, target);
        text(out, session.host());
        out.varint(session.status());
        out.varint(zigzag(session.requestBytes()));
        out.varint(zigzag(session.responseBytes()));
        out.put(session.truncated() ? 1 : 0);
        nullable(out, session.traceId());
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static void caller(ByteSink out, Caller caller) {
        text(out, caller.provider());
        text(out, caller.subject());
        int groups = fitting(caller.groups());
        out.varint(groups);
        for (int i = 0; i < groups; i++) {
            text(out, caller.groups().get(i));
        }
    }

    private static int fitting(List<String> groups) {
        int count = 0;
        int bytes = 0;
        while (count < groups.size() && count < SessionSummary.MAX_GROUPS) {
            bytes += 2 * Math.min(groups.get(count).length(), MAX_TEXT) + 3;
            if (bytes > MAX_GROUP_BYTES) {
                break;
            }
            count++;
        }
        return count;
    }

    private static void nullable(ByteSink out, @Nullable String text) {
        out.put(text == null ? 0 : 1);
        if (text != null) {
            text(out, text);
        }
    }

    private static void text(ByteSink out, String text) {
        int length = Math.min(text.length(), MAX_TEXT);
        boolean wide = false;
        for (int i = 0; i < length && !wide; i++) {
            wide = text.charAt(i) > 0xFF;
        }
        out.varint(2L * length + (wide ? 1 : 0));
        for (int i = 0; i < length; i++) {
            if (wide) {
                out.put(text.charAt(i) >>> 8);
            }
            out.put(text.charAt(i));
        }
    }

    private static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }

    /**
     * Reads a summary.
     *
     * @throws StorageException when the bytes are none
     */
    static SessionSummary read(SessionId id, ByteBuffer in) {
        try {
            int version = in.get();
            if (version < VERSION) {
                throw new StorageException(
                        "summary of " + id + " has version " + version + ", but at least 1 is known");
            }
            return fields(id, in);
        } catch (BufferUnderflowException
                | InvalidValueException
                | DateTimeException
                | ArithmeticException
                | IndexOutOfBoundsException e) {
            throw new StorageException("summary of " + id + " cannot be read", e);
        }
    }

    private static SessionSummary fields(SessionId id, ByteBuffer in) {
        return new SessionSummary(
                id,
                new ServiceName(text(in)),
                new NodeName(text(in)),
                text(in),
                Instant.ofEpochSecond(unzigzag(varint(in)), varint(in)),
                unzigzag(varint(in)),
                STATES.get(in.get()),
                ENDINGS.get(in.get()),
                nullable(in),
                DURABILITIES.get(in.get()),
                new RetentionClass(text(in)),
                caller(in),
                text(in),
                text(in),
                text(in),
                (int) varint(in) & 0xFFFF,
                unzigzag(varint(in)),
                unzigzag(varint(in)),
                in.get() != 0,
                nullable(in));
    }

    private static Caller caller(ByteBuffer in) {
        String provider = text(in);
        String subject = text(in);
        int count = (int) Math.min(varint(in) & Long.MAX_VALUE, SessionSummary.MAX_GROUPS);
        var groups = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            groups.add(text(in));
        }
        return new Caller(provider, subject, groups);
    }

    private static @Nullable String nullable(ByteBuffer in) {
        return in.get() == 0 ? null : text(in);
    }

    private static String text(ByteBuffer in) {
        long coded = varint(in);
        int chars = (int) Math.min(coded >>> 1, MAX_TEXT);
        boolean wide = (coded & 1) != 0;
        var bytes = new byte[wide ? 2 * chars : chars];
        in.get(bytes);
        if (!wide) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        // Not a charset: a lone surrogate must survive.
        var text = new char[chars];
        ByteBuffer.wrap(bytes).asCharBuffer().get(text);
        return new String(text);
    }

    private static long varint(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            number |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return number;
            }
        }
        return number;
    }

    private static long unzigzag(long coded) {
        return (coded >>> 1) ^ -(coded & 1);
    }
}
