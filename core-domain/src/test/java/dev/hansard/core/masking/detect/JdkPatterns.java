// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import dev.hansard.ports.masking.Patterns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions by the JDK, over bytes; it notes over which parts of a text they are run. */
final class JdkPatterns implements Patterns {
    /** Each part that was looked through. */
    final List<String> parts = new ArrayList<>();

    @Override
    public Compilation compile(String regex) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            return new Rejected(Math.max(0, e.getIndex()), e.getDescription());
        }
        return new Compiled((bytes, from, to, matches) -> {
            String part = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            parts.add(part);
            Matcher matcher = pattern.matcher(part);
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    matches.match(from + matcher.start(), from + matcher.end());
                }
            }
        });
    }
}
