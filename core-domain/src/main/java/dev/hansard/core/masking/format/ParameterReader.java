// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.format.MediaType.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what stands before the parameters of a field value, and the parameters. Belongs to one thread. */
public final class ParameterReader {
    private final String text;
    private int at;

    public ParameterReader(String text) {
        this.text = text;
    }

    /** What stands before the next of these delimiters, or the end. */
    public String upTo(String delimiters) {
        int start = at;
        while (at < text.length() && delimiters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** The parameters from here to the end. */
    public List<Parameter> parameters() {
        var parameters = new ArrayList<Parameter>();
        while (at < text.length()) {
            at++;
            String name = upTo("=;").strip().toLowerCase(Locale.ROOT);
            String value = at < text.length() && text.charAt(at) == '=' ? value() : "";
            if (!name.isEmpty()) {
                parameters.add(new Parameter(name, value));
            }
        }
        return parameters;
    }

    private String value() {
        do {
            at++;
        } while (at < text.length() && isBlank(text.charAt(at)));
        if (at == text.length() || text.charAt(at) != '"') {
            return upTo(";").strip();
        }
        at++;
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
            value.append(text.charAt(at++));
        }
        upTo(";");
        return value.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
