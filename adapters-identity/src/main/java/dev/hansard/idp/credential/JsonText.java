// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes text into JSON. */
final class JsonText {
    private JsonText() {}

    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
