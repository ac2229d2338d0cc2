// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A content that is at hand, because nobody has sent it: of a request that is only thought of, or recorded. */
public final class GivenBody implements RequestBody {
    private final byte[] content;

    public GivenBody(byte[] content) {
        this.content = content.clone();
    }

    @Override
    public int length() {
        return content.length;
    }

    @Override
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(content);
    }
}
