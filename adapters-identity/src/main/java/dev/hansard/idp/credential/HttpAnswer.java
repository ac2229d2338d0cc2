// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.StrictJson;

/** What a server answered. It may hold secrets and is never printed. */
final class HttpAnswer {
    private static final int OK = 200;
    private static final int DEEPEST = 8;

    private final int status;
    private final byte[] content;

    HttpAnswer(int status, byte[] content) {
        this.status = status;
        this.content = content;
    }

    int status() {
        return status;
    }

    boolean isOk() {
        return status == OK;
    }

    /** The content as a JSON object that has one reading only. */
    JsonObject object() throws FlawedTokenException {
        return StrictJson.object(content, DEEPEST);
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + "]";
    }
}
