// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.xml;

import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.NameRules;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements that are open, and what happens to the values in them. Belongs to one thread. */
final class OpenElements {
    private final NameRules rules;
    private final List<Element> open = new ArrayList<>();

    /** @param treatment of all values in it, because of its name or that of one around it; null for none */
    private record Element(String name, @Nullable Treatment treatment) {}

    OpenElements(NameRules rules) {
        this.rules = rules;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void start(String name) throws Unmaskable {
        if (open.size() == ContentMasker.MAX_DEPTH) {
            throw new Unmaskable(Reason.DEPTH, "elements nest deeper than " + ContentMasker.MAX_DEPTH);
        }
        Treatment around = treatment();
        open.add(new Element(name, around != null ? around : of(name)));
    }

    void end(String name) throws Unmaskable {
        if (open.isEmpty() || !open.getLast().name().equals(name)) {
            throw new Unmaskable(Reason.SYNTAX, "an element ends that has not begun last");
        }
        open.removeLast();
    }

    /** What happens to values here; null for nothing. */
    @Nullable
    Treatment treatment() {
        return open.isEmpty() ? null : open.getLast().treatment();
    }

    /** What happens to the value of an attribute here; null for nothing. Namespaces are no values. */
    @Nullable
    Treatment ofAttribute(String name) {
        if (name.equals("xmlns") || name.startsWith("xmlns:")) {
            return null;
        }
        Treatment around = treatment();
        return around != null ? around : of(name);
    }

    /** Whatever the namespace. */
    private @Nullable Treatment of(String name) {
        return rules.isEmpty() ? null : rules.of(local(name));
    }

    String path() {
        var path = new StringBuilder();
        for (Element element : open) {
            path.append('/').append(local(element.name()));
        }
        return path.toString();
    }

    private static String local(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }
}
