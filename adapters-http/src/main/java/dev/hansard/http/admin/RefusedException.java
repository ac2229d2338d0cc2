// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import java.util.List;

/** A request that the admin listener answers with a problem. Has no stack trace: it is an outcome and not a fault. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.code(), null, false, false);
        this.refusal = refusal;
    }

    RefusedException(int status, String code, String detail, Field... fields) {
        this(new Refusal(status, code, detail, List.of(fields)));
    }

    static RefusedException notFound() {
        return new RefusedException(404, "not_found", "There is nothing here, or it is gone; GET / lists what is.");
    }

    static RefusedException invalidParameter(String detail) {
        return new RefusedException(400, "invalid_parameter", detail);
    }

    static RefusedException invalidContent(String detail) {
        return new RefusedException(400, "invalid_content", detail);
    }

    Refusal refusal() {
        return refusal;
    }
}
