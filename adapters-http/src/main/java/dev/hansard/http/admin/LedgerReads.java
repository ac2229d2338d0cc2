// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.ledger.LedgerDesk;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Gives proofs: the head of the ledger, the leaf of a session, and the record that the leaf is about. */
final class LedgerReads {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String RECORD = "application/zstd";

    private final LedgerDesk desk;

    LedgerReads(LedgerDesk desk) {
        this.desk = desk;
    }

    void checkpoint(Exchange exchange) {
        exchange.query();
        exchange.send(text(head(exchange).checkpoint()));
    }

    void key(Exchange exchange) {
        exchange.query();
        exchange.send(text(head(exchange).publicKey() + "\n"));
    }

    private LedgerDesk.Head head(Exchange exchange) {
        return desk.head(exchange.visitor()).orElseThrow(RefusedException::notFound);
    }

    private static Answer text(String text) {
        return new Answer(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void proof(Exchange exchange) {
        exchange.query();
        LedgerDesk.Proof proof = desk.proof(exchange.visitor(), id(exchange)).orElseThrow(RefusedException::notFound);
        byte[] content = Json.bytes(json -> {
            json.writeNumberField("index", proof.index());
            json.writeStringField("leaf", proof.leaf());
            json.writeStringField("proof", proof.proof());
            json.writeBooleanField("intact", proof.intact());
        });
        exchange.send(new Answer(200, Answer.JSON, content));
    }

    void record(Exchange exchange) throws IOException {
        exchange.query();
        try (InputStream in = desk.record(exchange.visitor(), id(exchange)).orElseThrow(RefusedException::notFound)) {
            exchange.stream(200, RECORD, -1, in::transferTo);
        }
    }

    /** A text that is no id names no session. */
    private static SessionId id(Exchange exchange) {
        try {
            return SessionId.parse(exchange.pathPart("id"));
        } catch (InvalidValueException _) {
            throw RefusedException.notFound();
        }
    }
}
