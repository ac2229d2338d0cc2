// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.content;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.hansard.ports.masking.Patterns;
import java.util.List;

/** Regular expressions by RE2/J. */
public final class Re2jPatterns implements Patterns {
    private static final List<String> LOOKAROUND = List.of("(?=", "(?!", "(?<=", "(?<!");

    private Re2jPatterns() {}

    public static Patterns create() {
        return new Re2jPatterns();
    }

    @Override
    public Compilation compile(String regex) {
        if (regex.isEmpty() || regex.length() > MAX_REGEX) {
            return new Rejected(
                    Math.min(regex.length(), MAX_REGEX),
                    "the regex must have 1 to " + MAX_REGEX + " characters, but has " + regex.length());
        }
        // RE2/J itself writes out any number of repetitions, and takes the memory for it, before it tells the size.
        if (RegexSize.of(regex) > MAX_PROGRAM) {
            return tooLarge();
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            return pattern.programSize() > MAX_PROGRAM ? tooLarge() : new Compiled(new Re2jPattern(pattern));
        } catch (PatternSyntaxException e) {
            String part = e.getPattern() == null ? regex : e.getPattern();
            int at = part.equals(regex) ? regex.length() : Math.max(0, regex.indexOf(part));
            return new Rejected(at, e.getDescription() + hint(part));
        } catch (StackOverflowError _) {
            return new Rejected(0, "the regex nests too deeply");
        }
    }

    private static Rejected tooLarge() {
        return new Rejected(
                0, "the regex repeats too much: written out it has more than " + MAX_PROGRAM + " instructions");
    }

    private static String hint(String part) {
        boolean looksAround = LOOKAROUND.stream().anyMatch(part::startsWith);
        return looksAround ? "; RE2 has no lookaround" : "";
    }
}
