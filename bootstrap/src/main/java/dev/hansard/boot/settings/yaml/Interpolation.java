// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.text.Visible;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in {@code ${env:NAME}}, {@code ${env:NAME:-otherwise}} and {@code ${file:PATH}}; <code>$${</code> is a plain
 * <code>${</code>. What was put in is never interpolated again, and no message quotes it.
 */
final class Interpolation {
    /** The largest file that {@code ${file:}} puts in. */
    static final int MOST_FILE_BYTES = 64 * 1024;

    private static final String ALLOWED =
            "write ${env:NAME}, ${env:NAME:-otherwise} or ${file:PATH}; $${ is a plain ${";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    private final Map<String, String> environment;
    private final Files files;
    private final Problems problems;

    Interpolation(Map<String, String> environment, Files files, Problems problems) {
        this.environment = environment;
        this.files = files;
        this.problems = problems;
    }

    /**
     * The text with everything put in.
     *
     * @param outside whether any of it came from the environment or another file
     * @param changed whether there was anything to put in
     */
    record Filled(String text, boolean outside, boolean changed) {}

    Filled fill(String source, Position at, Path folder) {
        Matcher matcher = EXPRESSION.matcher(source);
        var text = new StringBuilder();
        boolean outside = false;
        boolean changed = false;
        int done = 0;
        while (matcher.find()) {
            text.append(source, done, matcher.start());
            done = matcher.end();
            changed = true;
            if (matcher.group().equals("$${")) {
                text.append("${");
                continue;
            }
            Filled value = value(matcher, at, folder);
            text.append(value.text());
            outside |= value.outside();
        }
        return new Filled(text.append(source, done, source.length()).toString(), outside, changed);
    }

    private Filled value(Matcher expression, Position at, Path folder) {
        String inner = expression.group(1);
        if (expression.group(2).isEmpty()) {
            problems.error(at, "'" + Visible.quoted(expression.group()) + "' has no closing }", ALLOWED);
        } else if (inner.startsWith("env:")) {
            return variable(inner.substring("env:".length()), at);
        } else if (inner.startsWith("file:")) {
            return new Filled(file(inner.substring("file:".length()), at, folder), true, true);
        } else {
            problems.error(at, "'" + Visible.quoted(expression.group()) + "' is not known", ALLOWED);
        }
        return new Filled("", true, true);
    }

    private Filled variable(String inner, Position at) {
        Matcher matcher = VARIABLE.matcher(inner);
        if (!matcher.matches()) {
            problems.error(at, "'${env:" + Visible.quoted(inner) + "}' does not name an environment variable", ALLOWED);
            return new Filled("", true, true);
        }
        String name = matcher.group(1);
        String otherwise = matcher.group(2);
        String value = environment.get(name);
        if (value != null) {
            return new Filled(value, true, true);
        }
        if (otherwise == null) {
            problems.error(
                    at,
                    "environment variable '" + name + "' is not set",
                    "set it, or give a default: ${env:" + name + ":-otherwise}");
            return new Filled("", true, true);
        }
        return new Filled(otherwise, false, true);
    }

    private String file(String name, Position at, Path folder) {
        try {
            byte[] content = files.read(folder.resolve(name), MOST_FILE_BYTES + 1);
            if (content.length > MOST_FILE_BYTES) {
                problems.error(at, "file '" + Visible.quoted(name) + "' is larger than 64KiB", "check the path");
                return "";
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return withoutLineEnd(text);
        } catch (CharacterCodingException _) {
            problems.error(at, "file '" + Visible.quoted(name) + "' is not UTF-8 text", "check the path");
        } catch (IOException | InvalidPathException e) {
            problems.error(
                    at,
                    "file '" + Visible.quoted(name) + "' cannot be read",
                    YamlReader.reason(e) + "; relative paths start at the folder of the configuration file");
        }
        return "";
    }

    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
