// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import dev.hansard.boot.text.Visible;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 files to {@link Tree}s within limits. */
public final class YamlReader {
    /** The largest configuration file. */
    public static final int MOST_FILE_BYTES = 1024 * 1024;

    /** How deep lists and mappings may be nested. */
    public static final int MOST_DEPTH = 32;

    /** How many values a file may hold once its aliases are expanded. */
    public static final int MOST_VALUES = 100_000;

    private static final int MOST_ALIASES = 50;

    private final Files files;
    private final Problems problems;
    private final Interpolation interpolation;

    public YamlReader(Map<String, String> environment, Files files, Problems problems) {
        this.files = files;
        this.problems = problems;
        this.interpolation = new Interpolation(environment, files, problems);
    }

    /** The document of a file, or null when it cannot be read, which is then among the problems. */
    public @Nullable Tree read(Path file) {
        String text = textOf(file);
        return text == null ? null : parse(text, file);
    }

    private @Nullable String textOf(Path file) {
        Position start = Position.startOf(file.toString());
        try {
            byte[] content = files.read(file, MOST_FILE_BYTES + 1);
            if (content.length > MOST_FILE_BYTES) {
                problems.error(start, "the file is larger than 1MiB", "split it with include:");
                return null;
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException _) {
            problems.error(start, "the file is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            problems.error(start, "the file cannot be read: " + reason(e), "`hansard config init` writes a first one");
        }
        return null;
    }

    /** A reason without the path, which the message around it names already. */
    static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "access is denied";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : Visible.quoted(e.getMessage());
        };
    }

    private @Nullable Tree parse(String text, Path file) {
        String name = file.toString();
        var settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(true) // They are found below, all of them and not only the first.
                .setAllowNonScalarKeys(true) // Likewise.
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(MOST_FILE_BYTES)
                .build();
        try {
            refuseDeepNesting(new Parse(settings).parseString(text), name);
            List<Node> documents = new ArrayList<>();
            new Compose(settings).composeAllFromString(text).forEach(documents::add);
            if (documents.isEmpty()) {
                problems.error(Position.startOf(name), "the file is empty", "`hansard config init` writes a first one");
                return null;
            }
            if (documents.size() > 1) {
                Position second = place(name, documents.get(1));
                problems.error(second, "the file holds more than one document", "remove the line ---");
            }
            return new Conversion(name, folderOf(file)).tree(documents.getFirst(), 0);
        } catch (MarkedYamlEngineException e) {
            // The message of the engine quotes the file; its problem names the mistake alone.
            String problem = Optional.ofNullable(e.getProblem()).orElse("it cannot be parsed");
            problems.error(place(name, e.getProblemMark().orElse(null)), "not valid YAML: " + Visible.quoted(problem));
        } catch (YamlEngineException e) {
            String problem = Optional.ofNullable(e.getMessage()).orElse("it cannot be parsed");
            problems.error(Position.startOf(name), "not valid YAML: " + Visible.quoted(problem));
        } catch (TooLargeException e) {
            problems.error(e.at, e.problem, "make it simpler, or split it with include:");
        }
        return null;
    }

    // The engine composes by recursion, so the depth has to be known before it starts.
    private static void refuseDeepNesting(Iterable<Event> events, String file) {
        int depth = 0;
        for (Event event : events) {
            depth += switch (event) {
                case CollectionStartEvent _ -> 1;
                case CollectionEndEvent _ -> -1;
                default -> 0;
            };
            if (depth > MOST_DEPTH) {
                throw tooDeep(place(file, event.getStartMark().orElse(null)));
            }
        }
    }

    private static TooLargeException tooDeep(Position at) {
        return new TooLargeException(at, "values are nested more than " + MOST_DEPTH + " deep");
    }

    private static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static Position place(String file, Node node) {
        return place(file, node.getStartMark().orElse(null));
    }

    private static Position place(String file, @Nullable Mark mark) {
        return mark == null ? Position.startOf(file) : new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A limit was reached, so the rest of the file is not looked at. */
    private static final class TooLargeException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final transient Position at;
        private final String problem;

        TooLargeException(Position at, String problem) {
            super(problem);
            this.at = at;
            this.problem = problem;
        }
    }

    /** Turns the nodes of one file to a tree. */
    private final class Conversion {
        private final String file;
        private final Path folder;
        private int values;

        Conversion(String file, Path folder) {
            this.file = file;
            this.folder = folder;
        }

        Tree tree(Node node, int depth) {
            Position at = place(file, node);
            values++;
            if (depth > MOST_DEPTH) {
                throw tooDeep(at); // By aliases.
            }
            if (values > MOST_VALUES) {
                throw new TooLargeException(
                        at, "the file holds more than " + MOST_VALUES + " values, aliases expanded");
            }
            return switch (node) {
                case ScalarNode scalar -> scalar(scalar, at);
                case SequenceNode list ->
                    new Sequence(
                            at,
                            list.getValue().stream()
                                    .map(item -> tree(item, depth + 1))
                                    .toList());
                case MappingNode mapping -> mapping(mapping, at, depth);
                default -> throw new TooLargeException(at, "an alias stands inside its own anchor");
            };
        }

        private Mapping mapping(MappingNode node, Position at, int depth) {
            Map<String, Position> seen = new HashMap<>();
            List<Entry> entries = new ArrayList<>();
            for (NodeTuple tuple : node.getValue()) {
                Position keyAt = place(file, tuple.getKeyNode());
                if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                    problems.error(keyAt, "a key must be text, but is a list or a mapping");
                    continue;
                }
                String key = keyNode.getValue();
                Position first = seen.putIfAbsent(key, keyAt);
                Tree value = tree(tuple.getValueNode(), depth + 1);
                if (first == null) {
                    entries.add(new Entry(keyAt, key, value));
                } else {
                    problems.error(
                            keyAt,
                            "'" + Visible.quoted(key) + "' is set twice, first on line " + first.line(),
                            "keep one of the two");
                }
            }
            return new Mapping(at, entries);
        }

        private Scalar scalar(ScalarNode node, Position at) {
            Tree.Type type = typeOf(node, at);
            String source = node.getValue();
            if (type != Tree.Type.TEXT || source.indexOf('$') < 0) {
                return new Scalar(at, type, source, source, false);
            }
            Interpolation.Filled filled = interpolation.fill(source, at, folder);
            Tree.Type filledType = filled.changed() ? Tree.Type.INTERPOLATED : Tree.Type.TEXT;
            return new Scalar(at, filledType, filled.text(), source, filled.outside());
        }

        private Tree.Type typeOf(ScalarNode node, Position at) {
            Tag tag = node.getTag();
            if (tag.equals(Tag.STR)) {
                return Tree.Type.TEXT;
            } else if (tag.equals(Tag.INT)) {
                return Tree.Type.INTEGER;
            } else if (tag.equals(Tag.FLOAT)) {
                return Tree.Type.DECIMAL;
            } else if (tag.equals(Tag.BOOL)) {
                return Tree.Type.TRUTH;
            } else if (tag.equals(Tag.NULL)) {
                return Tree.Type.NOTHING;
            }
            String shown = Visible.quoted(tag.getValue());
            problems.error(at, "the tag '" + shown + "' is not known", "remove it; tags are not used here");
            return Tree.Type.TEXT;
        }
    }
}
