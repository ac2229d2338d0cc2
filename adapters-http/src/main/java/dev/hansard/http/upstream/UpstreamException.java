// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.ports.exchange.Refusal;
import java.io.IOException;

/** The upstream did not do its part. Says which answer the caller gets for it. */
public final class UpstreamException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    public UpstreamException(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** Of what the caller is told. */
    public static UpstreamException of(Refusal refusal) {
        return new UpstreamException(refusal.status(), refusal.code(), refusal.detail());
    }

    UpstreamException(int status, String code, String detail, Throwable cause) {
        super(detail, cause);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** What the caller is told. */
    public Refusal refusal() {
        return new Refusal(status, code, detail());
    }

    public String detail() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
