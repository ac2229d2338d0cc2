// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

/**
 * Any text as printable ASCII on one line: a backslash and {@code uXXXX} stand for each UTF-16 unit that is no
 * printable ASCII, and for a space at either end; a backslash is doubled. So others' tools show the fields, and
 * nothing is lost.
 */
final class Escapes {
    private Escapes() {}

    /**
     * @param asName whether colons are escaped too, because one ends the text
     */
    static void write(ByteSink out, String text, boolean asName) {
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                out.put('\\').put('\\');
            } else if (c < ' ' || c > '~' || (c == ' ' && (i == 0 || i == last)) || (c == ':' && asName)) {
                out.put('\\').put('u').hex(c, 4);
            } else {
                out.put(c);
            }
        }
    }

    /**
     * @throws IllegalArgumentException when an escape is broken
     */
    static String read(String escaped) {
        int at = escaped.indexOf('\\');
        if (at < 0) {
            return escaped;
        }
        var text = new StringBuilder(escaped.length()).append(escaped, 0, at);
        while (at < escaped.length()) {
            char c = escaped.charAt(at++);
            if (c != '\\') {
                text.append(c);
            } else if (escaped.startsWith("\\", at)) {
                text.append('\\');
                at++;
            } else if (escaped.startsWith("u", at) && at + 5 <= escaped.length()) {
                text.append((char) Integer.parseInt(escaped, at + 1, at + 5, 16));
                at += 5;
            } else {
                throw new IllegalArgumentException("broken escape");
            }
        }
        return text.toString();
    }
}
