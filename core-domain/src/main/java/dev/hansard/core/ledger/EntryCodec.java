// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.ledger.LedgerEntry.Gap;
import dev.hansard.ports.ledger.LedgerEntry.Range;
import dev.hansard.ports.ledger.LedgerEntry.Session;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a leaf, big-endian; a text is its length in two bytes and its UTF-8. An entry has exactly one form: what
 * was read and is written again differs in no bit.
 *
 * <pre>
 * all        u8 version 1, u8 kind, text node
 * session 1  u128 id, u64 sequence, u8 1 complete | 2 incomplete, u8 1 strict | 2 relaxed, text service, 32 hash
 * gap     2  u64 first, u64 last, text cause
 * event      u64 milliseconds since 1970, text actor, text reason, text subject, text detail, u16 ranges,
 *            for each: u64 first, u64 last
 *            kinds: 3 deletion, 4 hold, 5 hold removal, 6 rule change, 7 key change,
 *            8 removal of another's records, 9 removal by another
 * </pre>
 */
public final class EntryCodec {
    private static final int VERSION = 1;
    private static final int SESSION = 1;
    private static final int GAP = 2;
    private static final int FIRST_EVENT = 3;
    private static final int MAX_BYTES = 64 * 1024 - 1;
    // The order of the kinds is part of the format: kinds may only be added at the end.
    private static final List<EventKind> EVENTS = List.of(EventKind.values());

    private EntryCodec() {}

    public static byte[] encode(LedgerEntry entry) {
        ByteBuffer out = ByteBuffer.allocate(entry instanceof Session ? 256 : MAX_BYTES);
        out.put((byte) VERSION).put((byte) kind(entry));
        text(out, entry.node().value());
        switch (entry) {
            case Session session -> session(out, session);
            case Gap gap -> {
                range(out, gap.sequences());
                text(out, gap.cause());
            }
            case Event event -> event(out, event);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int kind(LedgerEntry entry) {
        return switch (entry) {
            case Session _ -> SESSION;
            case Gap _ -> GAP;
            case Event event -> FIRST_EVENT + EVENTS.indexOf(event.kind());
        };
    }

    private static void session(ByteBuffer out, Session session) {
        out.putLong(session.id().high()).putLong(session.id().low()).putLong(session.sequence());
        out.put((byte) (session.complete() ? 1 : 2));
        out.put((byte) (session.durability() == Durability.STRICT ? 1 : 2));
        text(out, session.service().value());
        out.put(session.frame().toBytes());
    }

    private static void event(ByteBuffer out, Event event) {
        out.putLong(event.at().toEpochMilli());
        text(out, event.actor());
        text(out, event.reason());
        text(out, event.subject());
        text(out, event.detail());
        out.putShort((short) event.sequences().size());
        event.sequences().forEach(range -> range(out, range));
    }

    private static void range(ByteBuffer out, Range range) {
        out.putLong(range.first()).putLong(range.last());
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }

    /**
     * Reads an entry.
     *
     * @throws InvalidValueException when the bytes are none, or not in the one form of what they say
     */
    public static LedgerEntry decode(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int version = in.get();
            if (version == VERSION) {
                LedgerEntry entry = decode(in.get(), in);
                if (Arrays.equals(encode(entry), bytes)) {
                    return entry;
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | CharacterCodingException _) {
            // As below.
        }
        throw new InvalidValueException("a ledger entry of " + bytes.length + " bytes is none of version " + VERSION);
    }

    private static LedgerEntry decode(int kind, ByteBuffer in) throws CharacterCodingException {
        var node = new NodeName(text(in));
        return switch (kind) {
            case SESSION ->
                new Session(
                        node,
                        new SessionId(in.getLong(), in.getLong()),
                        in.getLong(),
                        in.get() == 1,
                        in.get() == 1 ? Durability.STRICT : Durability.RELAXED,
                        new ServiceName(text(in)),
                        Hash.read(in));
            case GAP -> new Gap(node, range(in), text(in));
            default ->
                new Event(
                        node,
                        EVENTS.get(kind - FIRST_EVENT),
                        Instant.ofEpochMilli(in.getLong()),
                        text(in),
                        text(in),
                        text(in),
                        text(in),
                        ranges(in));
        };
    }

    private static List<Range> ranges(ByteBuffer in) {
        int count = in.getShort() & 0xFFFF;
        var ranges = new ArrayList<Range>(Math.min(count, Event.MAX_RANGES));
        for (int i = 0; i < count; i++) {
            ranges.add(range(in));
        }
        return ranges;
    }

    private static Range range(ByteBuffer in) {
        return new Range(in.getLong(), in.getLong());
    }

    private static String text(ByteBuffer in) throws CharacterCodingException {
        int length = in.getShort() & 0xFFFF;
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
        return text.toString();
    }
}
