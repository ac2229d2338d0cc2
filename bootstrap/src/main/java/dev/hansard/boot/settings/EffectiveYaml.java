// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.Loading.Outside;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Prints settings as a configuration with every default written out. What came from the environment or from another
 * file is printed as its expression with a fingerprint, so that the result holds no secret and can still be loaded.
 */
public final class EffectiveYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9/._-]*|[0-9]+(?:[A-Za-z][A-Za-z/]*)?");
    private static final List<String> SHORT_FORMS = List.of(".upstream.urls[0]", ".upstream.url", ".upstream", "");

    private static final String LONG_MASKING = ".masking.apply";

    private final Outside outside;
    private final StringBuilder text = new StringBuilder();

    private EffectiveYaml(Outside outside) {
        this.outside = outside;
    }

    public static String of(Settings settings, Outside outside) {
        var yaml = new EffectiveYaml(outside);
        yaml.mapping("", "", SettingsTree.of(settings));
        return yaml.text.toString();
    }

    private void mapping(String indent, String path, Map<?, ?> mapping) {
        mapping.forEach((key, value) -> {
            String itsPath = path.isEmpty() ? key.toString() : path + "." + key;
            text.append(indent).append(quotedIfNeeded(key.toString())).append(':');
            value(indent + "  ", itsPath, value);
        });
    }

    private void value(String indent, String path, Object value) {
        switch (value) {
            case Map<?, ?> mapping
            when !mapping.isEmpty() -> {
                text.append('\n');
                mapping(indent, path, mapping);
            }
            case List<?> list
            when !list.isEmpty() && list.getFirst() instanceof Map<?, ?> -> {
                text.append('\n');
                for (int i = 0; i < list.size(); i++) {
                    item(indent, path + "[" + i + "]", (Map<?, ?>) list.get(i));
                }
            }
            case List<?> list -> list(path, list);
            default -> {
                text.append(' ').append(scalar(path, value));
                source(path).ifPresent(known -> comment(List.of(known)));
                text.append('\n');
            }
        }
    }

    private void item(String indent, String path, Map<?, ?> mapping) {
        int start = text.length();
        mapping(indent + "  ", path, mapping);
        text.replace(start + indent.length(), start + indent.length() + 1, "-");
    }

    private void list(String path, List<?> list) {
        List<String> shown = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String itsPath = path + "[" + i + "]";
            shown.add(scalar(itsPath, list.get(i)));
            source(itsPath).ifPresent(known::add);
        }
        text.append(" [").append(String.join(", ", shown)).append(']');
        comment(known);
        text.append('\n');
    }

    private void comment(List<String> knownPaths) {
        if (!knownPaths.isEmpty()) {
            List<String> prints =
                    knownPaths.stream().map(outside.fingerprints()::get).toList();
            text.append("  # from outside, fingerprint ").append(String.join(", ", prints));
        }
    }

    private String scalar(String path, Object value) {
        return source(path)
                .map(known -> quoted(outside.sources().getOrDefault(known, "")))
                .orElseGet(() -> value instanceof String word ? quotedIfNeeded(word) : value.toString());
    }

    // The path at which the user may have written the value, short forms included.
    private Optional<String> source(String path) {
        List<String> candidates = new ArrayList<>(List.of(path));
        if (path.endsWith("[0]")) {
            candidates.add(path.substring(0, path.length() - "[0]".length()));
        }
        if (path.startsWith("services.") && path.contains(LONG_MASKING)) {
            candidates.addAll(candidates.stream()
                    .map(written -> written.replace(LONG_MASKING, ".masking"))
                    .toList());
        }
        String first = SHORT_FORMS.getFirst();
        if (path.startsWith("services.") && path.endsWith(first)) {
            String service = path.substring(0, path.length() - first.length());
            SHORT_FORMS.forEach(form -> candidates.add(service + form));
        }
        return candidates.stream().filter(outside.sources()::containsKey).findFirst();
    }

    private static String quotedIfNeeded(String word) {
        boolean keyword = List.of("true", "false", "null").contains(word);
        boolean number = word.chars().allMatch(Character::isDigit);
        return PLAIN.matcher(word).matches() && !keyword && !number ? word : quoted(word);
    }

    private static String quoted(String word) {
        var shown = new StringBuilder("\"");
        word.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                shown.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append("\\U%08x".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append('"').toString();
    }
}
