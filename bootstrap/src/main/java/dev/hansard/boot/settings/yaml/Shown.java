// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

/** Text of the user's file, made fit for one line of a message. */
final class Shown {
    private static final int MOST = 80;

    private Shown() {}

    static String inOneLine(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(MOST).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > MOST ? line + "..." : line.toString();
    }
}
