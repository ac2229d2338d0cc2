// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.scan.Selection.RuleKey;
import java.util.List;
import java.util.Set;

/**
 * Makes of the place of one value the place of all values like it: the numbers of elements, lines and events become
 * {@code *}, and so does a name that is no name but an id, or that holds what must not be shown.
 *
 * <p>A place that comes from a record was named by whoever sent the message. What it proposes is meant to be pasted
 * into a configuration, so that it must not hold what does something there, such as <code>${file:...}</code>.
 */
final class Places {
    private static final String ANY = "*";
    private static final String AT_TEXT = "offset:";
    private static final Set<String> COUNTED = Set.of("line", "sse");
    private static final Set<String> AROUND = Set.of("preamble", "epilogue");
    private static final List<String> KINDS = List.of("form:", "part:", "query:", "header:", "xml:", "line:", AT_TEXT);

    private final SafeNames names;
    private final int longest;

    /** @param longest the length from which on the text of a place may have been cut */
    Places(SafeNames names, int longest) {
        this.names = names;
        this.longest = longest;
    }

    /** The place that a record calls {@code at}. */
    Place of(String at) {
        if (at.length() < longest) {
            return parsed(at, "");
        }
        // What it ends in may be the half of a name, which selects nothing, and need not look like what it is half of.
        int end = Math.max(at.lastIndexOf('/'), at.indexOf(':') + 1);
        return new Place(parsed(at.substring(0, end), "").shown() + "/…", null);
    }

    /** @param around the place that it lies in, as it is shown; empty for none */
    private Place parsed(String at, String around) {
        int colon = at.indexOf(':');
        String kind = colon < 0 ? at : at.substring(0, colon);
        if (at.isEmpty() || at.startsWith(AT_TEXT) || AROUND.contains(firstOf(at))) {
            return around.isEmpty() ? Place.TEXT : new Place(around, null);
        }
        if (at.startsWith("/")) {
            return pointer(at, around);
        }
        if (COUNTED.contains(kind)) {
            return within(at, colon + 1, around);
        }
        return switch (kind) {
            case "form", "part", "query" -> named(at, colon, kind, around);
            case "header" -> header(at.substring(colon + 1), around);
            case "xml" -> xml(at.substring(colon + 1), around);
            case "path", "target", "reason" -> new Place(around + kind, null);
            default -> around.isEmpty() ? Place.TEXT : new Place(around, null);
        };
    }

    private static String firstOf(String at) {
        int slash = at.indexOf('/');
        return slash < 0 ? at : at.substring(0, slash);
    }

    /** What comes after the number or name that begins at {@code from}. */
    private Place within(String at, int from, String around) {
        int slash = at.indexOf('/', from);
        if (slash < 0) {
            return parsed("", around);
        }
        String rest = at.substring(slash);
        String inner = rest.substring(1);
        boolean isKind = KINDS.stream().anyMatch(inner::startsWith) || AROUND.contains(firstOf(inner));
        return parsed(isKind ? inner : rest, around);
    }

    private Place named(String at, int colon, String kind, String around) {
        int slash = at.indexOf('/', colon);
        String name = SafeNames.unescaped(at.substring(colon + 1, slash < 0 ? at.length() : slash));
        String shown = around + (around.isEmpty() ? "" : "/") + kind + ":" + names.parameter(name);
        RuleKey key = kind.equals("query") ? RuleKey.QUERY : RuleKey.FORM;
        String selector = names.parameterSelector(name);
        Place itself = new Place(shown, selector.isEmpty() ? null : new Selection(key, selector));
        if (slash < 0) {
            return itself;
        }
        return orItself(within(at, colon + 1, shown), itself);
    }

    private Place pointer(String at, String around) {
        var pointer = new StringBuilder();
        for (String token : at.substring(1).split("/", -1)) {
            pointer.append('/').append(names.token(token));
        }
        String text = pointer.toString();
        boolean isOnlyAny = text.replace("/", "").replace(ANY, "").isEmpty();
        // A selector of whatever stands at some depth would mask far more than was found.
        return new Place(around + text, isOnlyAny ? null : new Selection(RuleKey.JSON, text));
    }

    private Place header(String name, String around) {
        String safe = names.header(name);
        if (!around.isEmpty()) {
            return new Place(around + "/header:" + safe, null); // Of a part: rules for headers do not reach it.
        }
        return new Place("header:" + safe, safe.equals(ANY) ? null : new Selection(RuleKey.HEADERS, safe));
    }

    private Place xml(String path, String around) {
        // What lies in the value of an element comes after a colon, with which no name ends.
        int inner = (path + "/").indexOf(":/");
        Place itself = element(inner < 0 ? path : path.substring(0, inner), around);
        return inner < 0 ? itself : orItself(within(path, inner + 1, itself.shown()), itself);
    }

    private Place element(String path, String around) {
        var shown =
                new StringBuilder(around).append(around.isEmpty() ? "" : "/").append("xml:");
        String last = ANY;
        for (String name : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
            last = names.xml(name);
            shown.append('/').append(name.startsWith("@") ? "@" : "").append(last);
        }
        String local = last.substring(last.indexOf(':') + 1);
        boolean isName = !local.isBlank() && !local.equals(ANY) && local.indexOf(':') < 0;
        return new Place(shown.toString(), isName ? new Selection(RuleKey.XML, local) : null);
    }

    /** The text of a field is the field. */
    private static Place orItself(Place inner, Place itself) {
        return inner.shown().equals(itself.shown()) ? itself : inner;
    }
}
