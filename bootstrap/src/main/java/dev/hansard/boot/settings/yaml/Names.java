// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.settings.yaml.Tree.Entry;
import java.util.regex.Pattern;

/** Checks the names and words that the user makes up. */
public final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final String RULE = "1 to 63 of a-z 0-9 -, starting and ending with a letter or digit";

    private Names() {}

    /** Whether an entry's key is a good name; if it is not, that is among the problems. */
    public static boolean check(Entry entry, String path, Problems problems) {
        if (LABEL.matcher(entry.key()).matches()) {
            return true;
        }
        problems.error(entry.at(), "the name in " + path + " must be " + RULE);
        return false;
    }

    /** Text of one line without control characters. */
    public static String word(String text, int longest) {
        boolean printable = text.codePoints().noneMatch(Character::isISOControl);
        if (text.isBlank() || text.length() > longest || !printable) {
            throw new MisfitException("1 to " + longest + " characters of text in one line");
        }
        return text;
    }
}
