// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import dev.hansard.boot.text.Visible;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Options over a mapping of the configuration. It remembers each key that was asked for with what it came to: the
 * others are unknown, and these are what {@code config show} prints.
 */
public final class TreeOptions implements Options {
    /** What stands in for a secret, where it is shown. */
    private static final String HIDDEN = "(hidden)";

    private final String name;
    private final Mapping mapping;
    private final String path;
    // What the keys of a section begin with in a complaint, so that it can be placed from the top.
    private final String prefix;
    private final Problems problems;
    private final Map<String, Object> asked = new LinkedHashMap<>();
    private final Map<String, TreeOptions> sections = new LinkedHashMap<>();

    /** Options under a name, which stand at {@code path}. */
    public TreeOptions(String name, Mapping mapping, String path, Problems problems) {
        this(name, mapping, path, "", problems);
    }

    private TreeOptions(String name, Mapping mapping, String path, String prefix, Problems problems) {
        this.name = name;
        this.mapping = mapping;
        this.path = path;
        this.prefix = prefix;
        this.problems = problems;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean has(String key) {
        return find(key) != null;
    }

    private @Nullable Tree find(String key) {
        for (Entry entry : mapping.entries()) {
            if (entry.key().equals(key)) {
                return entry.value();
            }
        }
        return null;
    }

    @Override
    public String text(String key) {
        Tree value = find(key);
        if (value == null) {
            asked.put(key, "");
            throw wrong(key, "is missing");
        }
        return asked(key, text(value, key));
    }

    @Override
    public String text(String key, String fallback) {
        return has(key) ? text(key) : asked(key, fallback);
    }

    private String text(Tree value, String key) {
        if (value instanceof Scalar scalar
                && (scalar.type() == Tree.Type.TEXT || scalar.type() == Tree.Type.INTERPOLATED)
                && !scalar.text().isBlank()) {
            return scalar.text();
        }
        throw wrong(key, "must be text, but is " + value.kind());
    }

    @Override
    public List<String> texts(String key, List<String> fallback) {
        Tree value = find(key);
        List<String> texts = switch (value) {
            case null -> fallback;
            case Sequence list -> {
                var items = new ArrayList<String>();
                list.items().forEach(item -> items.add(text(item, key)));
                yield items;
            }
            case Scalar single -> List.of(text(single, key));
            case Mapping _ -> throw wrong(key, "must be a list of texts, but is a mapping");
        };
        return asked(key, List.copyOf(texts));
    }

    @Override
    public Secret secret(String key) {
        Tree value = find(key);
        asked.put(key, HIDDEN);
        if (value == null) {
            throw wrong(key, "is missing");
        }
        String text = text(value, key);
        if (value instanceof Scalar scalar && !scalar.hidden()) {
            problems.warning(
                    value.at(),
                    path + "." + key + " stands in the file for all who may read it",
                    "write ${file:PATH} or ${env:NAME}, and change it");
        }
        return Secret.of(text);
    }

    /** A secret as it stands there, for who reads again later what it names. */
    public Scalar secretScalar(String key) {
        Secret _ = secret(key);
        return (Scalar) Objects.requireNonNull(find(key));
    }

    /** Whether a mapping stands under a key. */
    public boolean isMapping(String key) {
        return find(key) instanceof Mapping;
    }

    @Override
    public boolean truth(String key, boolean fallback) {
        return parsed(key, fallback, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MisfitException("true or false");
        });
    }

    @Override
    public long whole(String key, long fallback, long least, long most) {
        return parsed(key, fallback, text -> {
            boolean digits = text.length() <= 18 && text.matches("-?[0-9]+");
            long number = digits ? Long.parseLong(text) : 0;
            if (!digits || number < least || number > most) {
                throw new MisfitException("a whole number from " + least + " to " + most);
            }
            return number;
        });
    }

    @Override
    public Duration duration(String key, Duration fallback, Duration least, Duration most) {
        Duration duration = parsed(key, fallback, text -> {
            boolean isNone = text.equals("0") || text.equals("0s") || text.equals("0ms");
            Duration parsed = isNone ? Duration.ZERO : Amounts.duration(text);
            if (parsed.compareTo(least) < 0 || parsed.compareTo(most) > 0) {
                throw new MisfitException("a duration from " + Amounts.print(least) + " to " + Amounts.print(most));
            }
            return parsed;
        });
        asked.put(key, Amounts.print(duration));
        return duration;
    }

    private <T> T parsed(String key, T fallback, Function<String, T> parser) {
        Tree value = find(key);
        if (value == null) {
            return asked(key, fallback);
        }
        if (!(value instanceof Scalar scalar)) {
            throw wrong(key, "must be a single value, but is " + value.kind());
        }
        try {
            return asked(key, parser.apply(scalar.text()));
        } catch (MisfitException e) {
            throw wrong(key, "must be " + e.expected() + ", but is " + scalar.shown());
        }
    }

    @Override
    public Options section(String key) {
        Tree value = find(key);
        if (value != null && !(value instanceof Mapping)) {
            throw wrong(key, "must be a mapping, but is " + value.kind());
        }
        Mapping inner = value instanceof Mapping written ? written : new Mapping(mapping.at(), List.of());
        return sections.computeIfAbsent(
                key, _ -> new TreeOptions(name, inner, path + "." + key, prefix + key + ".", problems));
    }

    @Override
    public InvalidOptionException misfit(String key, String expected) {
        String shown = find(key) instanceof Scalar scalar ? ", but is " + scalar.shown() : "";
        return wrong(key, "must be " + expected + shown);
    }

    private <T> T asked(String key, T value) {
        asked.put(key, value);
        return value;
    }

    private InvalidOptionException wrong(String key, String what) {
        return new InvalidOptionException(prefix + key, what);
    }

    /** The value of a key as it may be shown: what came from outside the file is not. */
    public String shown(String key) {
        return find(key) instanceof Scalar scalar ? scalar.shown() : "missing";
    }

    /** Where the value of a key stands; the options themselves where it is left out. */
    public Position placeOf(String key) {
        Tree value = find(key);
        return value == null ? mapping.at() : value.at();
    }

    /** Says what is wrong, where the key stands, or the section that it is missing from. */
    public void complain(InvalidOptionException e) {
        Mapping place = mapping;
        Position at = mapping.at();
        for (String key : e.key().split("\\.", -1)) {
            for (Entry entry : place.entries()) {
                if (entry.key().equals(key)) {
                    at = entry.value().at();
                    place = entry.value() instanceof Mapping inner ? inner : new Mapping(at, List.of());
                    break;
                }
            }
        }
        problems.error(at, path + "." + e.key() + " " + e.getMessage());
    }

    /** Reports the keys that nobody asked for. */
    public void reportUnknown() {
        for (Entry entry : mapping.entries()) {
            String key = entry.key();
            if (asked.containsKey(key) || sections.containsKey(key)) {
                continue;
            }
            var known = new ArrayList<>(asked.keySet());
            known.addAll(sections.keySet());
            String hint = Words.closest(key, known)
                    .map(word -> "did you mean '" + word + "'?")
                    .orElse("known here: " + String.join(", ", known));
            problems.error(entry.at(), "unknown key '" + Visible.quoted(key) + "' in " + path, hint);
        }
        sections.values().forEach(TreeOptions::reportUnknown);
    }

    /** What was asked for with what it came to; no secret. */
    public Map<String, Object> effective() {
        var all = new LinkedHashMap<>(asked);
        sections.forEach((key, section) -> {
            Map<String, Object> inner = section.effective();
            if (!inner.isEmpty()) {
                all.put(key, inner);
            }
        });
        return all;
    }
}
