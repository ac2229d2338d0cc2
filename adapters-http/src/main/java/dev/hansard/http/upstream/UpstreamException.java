// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.ports.exchange.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The upstream did not do its part. Says which answer the caller gets for it. */
public final class UpstreamException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public UpstreamException(int status, String code, String detail) {
        this(status, code, detail, null);
    }

    UpstreamException(int status, String code, String detail, @Nullable Throwable cause) {
        this(new Refusal(status, code, detail), cause);
    }

    private UpstreamException(Refusal refusal, @Nullable Throwable cause) {
        super(refusal.detail(), cause);
        this.refusal = refusal;
    }

    /** Of what the caller is told. */
    public static UpstreamException of(Refusal refusal) {
        return new UpstreamException(refusal, null);
    }

    public int status() {
        return refusal.status();
    }

    public String code() {
        return refusal.code();
    }

    /** What the caller is told. */
    public Refusal refusal() {
        return refusal;
    }

    public String detail() {
        return refusal.detail();
    }
}
