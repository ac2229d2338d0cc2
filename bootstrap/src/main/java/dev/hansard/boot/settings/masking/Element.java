// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One text of a list, and where it was written.
 *
 * @param path of the element, for messages
 * @param hidden whether it came from outside the file, so that no message may quote it
 */
record Element(Position at, String path, String text, boolean hidden) {
    /** How many a list may have. */
    static final int MOST = 200;

    /** Those under a key; a single text is a list of one. What does not fit is reported and left out. */
    static List<Element> under(Section section, String key, Function<String, String> parser) {
        Tree value = section.find(key);
        return value == null ? List.of() : in(section, value, section.child(key), parser);
    }

    /** Those of a tree. */
    static List<Element> in(Section section, Tree value, String path, Function<String, String> parser) {
        if (!(value instanceof Sequence list)) {
            Element only = one(section, value, path, parser);
            return only == null ? List.of() : List.of(only);
        }
        if (list.items().size() > MOST) {
            section.problems().error(value.at(), path + " has more than " + MOST + " elements", "make two of it");
            return List.of();
        }
        var elements = new ArrayList<Element>();
        for (int i = 0; i < list.items().size(); i++) {
            Element element = one(section, list.items().get(i), path + "[" + i + "]", parser);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static @Nullable Element one(Section section, Tree value, String path, Function<String, String> parser) {
        if (section.text(value, path) == null) {
            return null;
        }
        String text = section.parsed(value, path, "", parser);
        boolean hidden = value instanceof Scalar scalar && scalar.hidden();
        return text.isEmpty() ? null : new Element(value.at(), path, text, hidden);
    }

    /** The path, and the text where it may be shown. */
    String shown() {
        return hidden ? path : path + " '" + text + "'";
    }

    static List<String> texts(List<Element> elements) {
        return elements.stream().map(Element::text).toList();
    }
}
