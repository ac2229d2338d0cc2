// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An exchange that may be stored, because everything in it has been masked: only the core's masking makes one. The
 * buffers are valid until the call that takes the exchange returns.
 *
 * @since 0.1
 */
public interface MaskedExchange {
    Session session();

    /** The kept content of the request, in order; {@code request().keptBytes()} in all. */
    List<ByteBuffer> requestBody();

    /** The kept content of the response, in order; {@code response().keptBytes()} in all. */
    List<ByteBuffer> responseBody();
}
