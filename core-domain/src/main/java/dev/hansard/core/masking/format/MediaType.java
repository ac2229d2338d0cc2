// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a content is said to be (RFC 9110 section 8.3), read as far as it can be read: nothing is refused here.
 *
 * @param essence type and subtype in lower case, such as {@code text/plain}; empty where nothing is said
 * @param parameters all of them in their order, names in lower case
 */
public record MediaType(String essence, List<Parameter> parameters) {
    public static final MediaType NONE = new MediaType("", List.of());

    public MediaType {
        parameters = List.copyOf(parameters);
    }

    public record Parameter(String name, String value) {}

    /**
     * Reads what can be read of it.
     *
     * @param field the value of a Content-Type field; null where there is none
     */
    public static MediaType parse(@Nullable String field) {
        if (field == null || field.isBlank()) {
            return NONE;
        }
        var reader = new ParameterReader(field);
        String essence = reader.upTo(";,").strip().toLowerCase(Locale.ROOT);
        return new MediaType(essence, reader.parameters());
    }

    /** The first parameter of that name; null for none. */
    public @Nullable String parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    /** Whether readers may differ about the value of a parameter: it stands there twice, or in pieces (RFC 2231). */
    public boolean isDoubtful(String name) {
        var values = new ArrayList<String>();
        boolean inPieces = false;
        for (Parameter parameter : parameters) {
            inPieces |= parameter.name().startsWith(name + "*");
            if (parameter.name().equals(name) && !values.contains(parameter.value())) {
                values.add(parameter.value());
            }
        }
        return inPieces || values.size() > 1;
    }

    boolean isJson() {
        return essence.endsWith("/json") || essence.endsWith("+json") || essence.equals("text/x-json");
    }

    boolean isXml() {
        return essence.endsWith("/xml") || essence.endsWith("+xml");
    }

    public boolean isForm() {
        return essence.equals("application/x-www-form-urlencoded");
    }

    public boolean isMultipart() {
        return essence.startsWith("multipart/");
    }

    boolean isEventStream() {
        return essence.equals("text/event-stream");
    }

    /** Whether it is said to be a text of any kind. */
    public boolean isText() {
        return essence.startsWith("text/") || isJson() || isXml() || isForm();
    }
}
