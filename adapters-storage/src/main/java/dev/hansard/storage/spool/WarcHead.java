// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The heads of WARC/1.1 records (ISO 28500:2017). Record ids follow from the session id: the metadata record has the
 * session's own UUID, request and response a UUIDv8 computed from it, so that a frame made twice names its records the
 * same.
 */
final class WarcHead {
    /** What a record holds; the multiplier spreads the ids and is odd, so that no two sessions share one. */
    enum Type {
        REQUEST("request", "application/http;msgtype=request", 0x9E37_79B9_7F4A_7C15L),
        RESPONSE("response", "application/http;msgtype=response", 0xD134_2543_DE82_EF95L),
        METADATA("metadata", "application/warc-fields", 1);

        private final String word;
        private final String contentType;
        private final long multiplier;

        Type(String word, String contentType, long multiplier) {
            this.word = word;
            this.contentType = contentType;
            this.multiplier = multiplier;
        }
    }

    private static final long VARIANT = 1L << 63;
    private static final long LOW_62 = (1L << 62) - 1;
    private static final String URI_EXTRA = "-._~:/?#[]@!$&'()*+,;=%";

    private WarcHead() {}

    /** A request or response record; {@code partner} is the other one when there is one. */
    static void message(
            ByteSink out, Type type, Session session, RecordedMessage message, long blockLength, boolean partner) {
        begin(out, type, session);
        if (partner) {
            out.text("WARC-Concurrent-To: ");
            recordId(out, session.id(), type == Type.REQUEST ? Type.RESPONSE : Type.REQUEST);
            out.crlf();
        }
        if (message.truncated()) {
            out.text("WARC-Truncated: length").crlf();
        } else if (message.bodySha256() != null) {
            out.text("WARC-Payload-Digest: sha256:").text(message.bodySha256()).crlf();
        }
        end(out, type, blockLength);
    }

    /** A metadata record; {@code about} a request record when there is one. */
    static void metadata(ByteSink out, Session session, long blockLength, boolean about) {
        begin(out, Type.METADATA, session);
        if (about) {
            out.text("WARC-Concurrent-To: ");
            recordId(out, session.id(), Type.REQUEST);
            out.crlf();
        }
        end(out, Type.METADATA, blockLength);
    }

    private static void begin(ByteSink out, Type type, Session session) {
        out.text("WARC/1.1").crlf();
        out.text("WARC-Type: ").text(type.word).crlf();
        out.text("WARC-Record-ID: ");
        recordId(out, session.id(), type);
        out.crlf();
        out.text("WARC-Date: ");
        date(out, session.startedAt());
        out.crlf();
        out.text("WARC-Target-URI: ");
        uri(out, session);
        out.crlf();
    }

    private static void end(ByteSink out, Type type, long blockLength) {
        out.text("Content-Type: ").text(type.contentType).crlf();
        out.text("Content-Length: ").decimal(blockLength, 1).crlf();
        out.crlf();
    }

    static void recordId(ByteSink out, SessionId id, Type type) {
        boolean own = type == Type.METADATA;
        long high = own ? id.high() : (id.high() & ~0xF000L) | 0x8000L;
        long low = own ? id.low() : VARIANT | (((id.low() + 1) * type.multiplier) & LOW_62);
        uuid(out.text("<urn:uuid:"), high, low).put('>');
    }

    static ByteSink uuid(ByteSink out, long high, long low) {
        out.hex(high >>> 32, 8).put('-').hex(high >>> 16, 4).put('-').hex(high, 4);
        return out.put('-').hex(low >>> 48, 4).put('-').hex(low, 12);
    }

    /** With microseconds, as WARC/1.1 allows. */
    static void date(ByteSink out, Instant at) {
        var time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
        out.decimal(Math.clamp(time.getYear(), 0, 9999), 4).put('-');
        out.decimal(time.getMonthValue(), 2)
                .put('-')
                .decimal(time.getDayOfMonth(), 2)
                .put('T');
        out.decimal(time.getHour(), 2).put(':').decimal(time.getMinute(), 2).put(':');
        out.decimal(time.getSecond(), 2)
                .put('.')
                .decimal(time.getNano() / 1000, 6)
                .put('Z');
    }

    private static void uri(ByteSink out, Session session) {
        boolean secure = session.upstream() != null && session.upstream().startsWith("https:");
        out.text(secure ? "https://" : "http://");
        String host = session.host().isEmpty() ? session.service().value() : session.host();
        uriText(out, host.toLowerCase(Locale.ROOT));
        if (!session.target().startsWith("/")) {
            out.put('/');
        }
        uriText(out, session.target());
    }

    private static void uriText(ByteSink out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean legal = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
            if (legal || (c < 0x80 && URI_EXTRA.indexOf(c) >= 0)) {
                out.put(c);
            } else {
                out.put('%').hex(c & 0xFF, 2);
            }
        }
    }
}
