// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.crypt.DataKey;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns masked exchanges into frames. Belongs to one thread at a time and is used again and again; {@link EncoderPool}
 * hands it out. The frame it gives is a fresh array of its exact size: one allocation of the compressed size, so that
 * the queue can hold on to it and its limit counts what is really there.
 */
final class FrameEncoder implements AutoCloseable {
    /** Above this a frame's own buffer is given away, which may be up to twice as long, rather than copied. */
    private static final int COPIED = 1024 * 1024;

    private static final String RECORD_END = "\r\n\r\n";
    private static final List<ByteBuffer> NO_BODY = List.of();

    private final FrameKeys keys;
    private final FrameCipher cipher = new FrameCipher();
    private final RecordCompressor compressor = new RecordCompressor();
    private final ByteSink frame = new ByteSink(8 * 1024);
    private final ByteSink record = new ByteSink(8 * 1024);
    private final ByteSink block = new ByteSink(4 * 1024);
    private final ByteSink tail = new ByteSink(512);

    FrameEncoder(FrameKeys keys) {
        this.keys = keys;
    }

    EncodedFrame encode(FrameKind kind, MaskedExchange exchange) {
        return encode(kind, exchange.session(), exchange.requestBody(), exchange.responseBody());
    }

    /**
     * Encodes a session.
     *
     * @throws dev.hansard.ports.session.StorageException when it has to be encrypted, and there is no key
     */
    EncodedFrame encode(FrameKind kind, Session session, List<ByteBuffer> requestBody, List<ByteBuffer> responseBody) {
        boolean hasRequest = kind.isRecord() && !session.receivedTarget().isEmpty();
        boolean hasResponse = kind.isRecord() && session.status() > 0;
        DataKey key = keys.forWriting(session);
        begin();
        SummaryCodec.write(frame, session, key == null);
        if (kind.isRecord()) {
            frame.reserve(FrameFormat.RECORD_SALT);
            frame.skip(FrameFormat.RECORD_SALT);
        }
        int summaryLength = frame.size() - FrameFormat.HEAD;

        boolean requestChunked = hasRequest && HttpBlock.isChunkedRequest(session);
        boolean responseChunked =
                hasResponse && HttpBlock.isChunkedResponse(session, RecordCompressor.length(responseBody));
        // Field lines that no record can hold as they are stand in the metadata.
        boolean requestLines = true;
        boolean responseLines = true;
        var request = FrameHead.Part.NONE;
        var response = FrameHead.Part.NONE;
        if (hasRequest) {
            HttpBlock.startRequest(block.clear(), session);
            requestLines = !message(session, WarcHead.Type.REQUEST, requestBody, requestChunked, hasResponse);
            request = finishRecord(kind, requestBody);
        }
        if (hasResponse) {
            HttpBlock.startResponse(block.clear(), session);
            responseLines = !message(session, WarcHead.Type.RESPONSE, responseBody, responseChunked, hasRequest);
            response = finishRecord(kind, responseBody);
        }
        MetadataFields.write(block.clear(), session, requestLines, responseLines);
        WarcHead.metadata(record.clear(), session, block.size(), hasRequest);
        tail.clear();
        FrameHead.Part metadata = finishRecord(kind, NO_BODY);

        int flags = (requestChunked ? FrameFormat.REQUEST_CHUNKED : 0)
                | (responseChunked ? FrameFormat.RESPONSE_CHUNKED : 0);
        var head = new FrameHead(kind, flags, 0, 0, session.id(), request, response, metadata, summaryLength);
        if (key == null) {
            return finish(frame, head);
        }
        FrameCipher.Encrypted encrypted = cipher.encrypt(key, frame, head);
        return finish(encrypted.bytes(), encrypted.head());
    }

    /**
     * Everything of a request or response record but its body; the answer says whether the field lines are as they
     * were.
     */
    private boolean message(
            Session session, WarcHead.Type type, List<ByteBuffer> body, boolean chunked, boolean partner) {
        RecordedMessage message = type == WarcHead.Type.REQUEST ? session.request() : session.response();
        long length = RecordCompressor.length(body);
        boolean plain =
                HttpBlock.fields(block, message.headers(), message.masking().decoded());
        HttpBlock.endHead(block, chunked, length);
        HttpBlock.tail(tail.clear(), chunked, length, message.trailers());
        WarcHead.message(record.clear(), type, session, message, block.size() + length + tail.size(), partner);
        return plain;
    }

    /** A frame that takes an intent back. */
    EncodedFrame encodeVoid(SessionId id) {
        begin();
        var none = FrameHead.Part.NONE;
        return finish(frame, new FrameHead(FrameKind.VOID, 0, 0, 0, id, none, none, none, 0));
    }

    private void begin() {
        frame.clear();
        frame.reserve(FrameFormat.HEAD);
        frame.skip(FrameFormat.HEAD);
    }

    /** The record is in three parts: its head and the block's in {@link #record}, the body, the {@link #tail}. */
    private FrameHead.Part finishRecord(FrameKind kind, List<ByteBuffer> body) {
        record.put(block.array(), 0, block.size());
        tail.text(RECORD_END);
        // A strict call waits for its intent, which goes with the spool file.
        return kind == FrameKind.INTENT && body.isEmpty()
                ? compressor.store(record, tail, frame)
                : compressor.compress(record, body, tail, frame);
    }

    private static EncodedFrame finish(ByteSink frame, FrameHead head) {
        FrameFormat.putHead(frame, head);
        int length = frame.size();
        byte[] bytes = length <= COPIED ? frame.toArray() : frame.release();
        return new EncodedFrame(head.kind(), head.id(), bytes, length);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
