// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.ports.exchange.Ending;
import java.io.IOException;

/** The caller went away or was too slow: there is nobody left to answer. */
final class CallerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Ending ending;

    CallerException(Ending ending, IOException cause) {
        super("the caller's connection ended", cause);
        this.ending = ending;
    }

    Ending ending() {
        return ending;
    }
}
