// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. Not safe for threads. */
final class CopyRows {
    private static final int ROW_CHARS = 512;

    private final StringBuilder out;
    private boolean isFirst = true;

    CopyRows(int rows) {
        out = new StringBuilder(rows * ROW_CHARS);
    }

    CopyRows add(long number) {
        separate();
        out.append(number);
        return this;
    }

    CopyRows add(boolean truth) {
        separate();
        out.append(truth ? 't' : 'f');
        return this;
    }

    CopyRows add(@Nullable String text) {
        separate();
        if (text == null) {
            out.append("\\N");
        } else {
            append(PostgresText.encode(text), false);
        }
        return this;
    }

    /** An array of texts. */
    CopyRows add(List<String> texts) {
        separate();
        out.append('{');
        for (int i = 0; i < texts.size(); i++) {
            out.append(i == 0 ? "\"" : ",\"");
            append(PostgresText.encode(texts.get(i)), true);
            out.append('"');
        }
        out.append('}');
        return this;
    }

    void endRow() {
        out.append('\n');
        isFirst = true;
    }

    private void separate() {
        if (!isFirst) {
            out.append('\t');
        }
        isFirst = false;
    }

    /** Within an array a backslash is escaped for the array and then, as everywhere, for COPY. */
    private void append(String text, boolean isInArray) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append(isInArray ? "\\\\\\\\" : "\\\\");
                case '"' -> out.append(isInArray ? "\\\\\"" : "\"");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
