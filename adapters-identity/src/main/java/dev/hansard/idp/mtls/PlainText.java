// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

/** Text that looks like what it is: names are compared, printed and stored. */
final class PlainText {
    private PlainText() {}

    /** Without chars that show nothing, break the line or turn the direction of what follows. */
    static boolean isPlain(String text) {
        return !text.isBlank() && text.codePoints().allMatch(PlainText::isVisible);
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
