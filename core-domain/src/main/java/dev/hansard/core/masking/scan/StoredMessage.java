// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Masking;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One message of a stored session, as it is read back.
 *
 * @param targets the request-targets that the record has; empty for a response
 * @param fields of the head and the trailers, and those that were added to them on the way
 * @param truncated whether the record keeps less of the content than went through
 * @param masking what masking did to it when it was recorded
 */
public record StoredMessage(
        Direction direction,
        List<String> targets,
        List<Field> fields,
        Content content,
        boolean truncated,
        Masking masking) {
    public StoredMessage {
        targets = List.copyOf(targets);
        fields = List.copyOf(fields);
    }

    /** As the head has it; empty when it has none. */
    String contentType() {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase("content-type"))
                .map(Field::value)
                .findFirst()
                .orElse("");
    }

    /** Nothing of a message is ever printed. */
    @Override
    public String toString() {
        return "StoredMessage[" + direction + "]";
    }

    /** The recorded content of one message, as far as it could be had. */
    public sealed interface Content {}

    /** The record keeps none: there was none, or it is withheld. */
    public record None() implements Content {}

    /** All that the record keeps, without content codings. */
    public record Kept(ByteBuffer bytes) implements Content {
        /** Nothing of a content is ever printed. */
        @Override
        public String toString() {
            return "Kept[" + bytes.remaining() + "]";
        }
    }

    /** The record keeps one, but it cannot be read: it is gone, damaged, too long, or cannot be decoded. */
    public record Unreadable() implements Content {}
}
