// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A whole final response that is kept for a caller who is not connected.
 *
 * @param fields without those of one connection, framing and trailers
 * @param content decoded from its transfer coding; cannot be written to
 * @since 0.1
 */
public record CarriedResponse(int status, String reason, List<Field> fields, ByteBuffer content) {
    public CarriedResponse {
        fields = List.copyOf(fields);
        content = content.asReadOnlyBuffer();
    }

    /** A view with a position of its own. */
    @Override
    public ByteBuffer content() {
        return content.duplicate();
    }
}
