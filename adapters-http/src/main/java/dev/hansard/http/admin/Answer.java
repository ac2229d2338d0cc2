// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.http.problem.ProblemDocument;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import java.util.List;

/** A whole answer that fits into memory. Owns its content. */
final class Answer {
    static final String JSON = "application/json";

    private final int status;
    private final String mediaType;
    private final byte[] content;
    private final List<Field> fields;

    Answer(int status, String mediaType, byte[] content, List<Field> fields) {
        this.status = status;
        this.mediaType = mediaType;
        this.content = content;
        this.fields = fields;
    }

    Answer(int status, String mediaType, byte[] content) {
        this(status, mediaType, content, List.of());
    }

    static Answer of(Refusal refusal) {
        byte[] content = ProblemDocument.bytes(refusal.status(), refusal.code(), refusal.detail(), null);
        return new Answer(refusal.status(), ProblemDocument.MEDIA_TYPE, content, refusal.fields());
    }

    int status() {
        return status;
    }

    String mediaType() {
        return mediaType;
    }

    int length() {
        return content.length;
    }

    byte[] content() {
        return content;
    }

    List<Field> fields() {
        return fields;
    }
}
