// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.plugins;

import dev.hansard.ports.spi.ControlStoreFactory;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.KeyWrapperFactory;
import dev.hansard.ports.spi.PayloadStoreFactory;
import dev.hansard.ports.spi.SessionCatalogFactory;
import dev.hansard.ports.spi.TypedFactory;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The jars of a folder. None is opened before a type is asked for that does not come with Hansard, and one that is
 * broken does not keep the others from being found. A jar is code that runs with all the rights of the process: who
 * may write into the folder may do what Hansard may do.
 */
public final class Plugins {
    /** How many jars the folder may hold. */
    static final int MOST_JARS = 64;

    /** What a jar may bring. */
    private static final List<Class<? extends TypedFactory>> KINDS = List.of(
            IdentityProviderFactory.class,
            SessionCatalogFactory.class,
            PayloadStoreFactory.class,
            ControlStoreFactory.class,
            KeyWrapperFactory.class);

    private final Path folder;
    private final List<String> troubles = new ArrayList<>();
    private @Nullable Map<Key, Found> factories;

    private Plugins(Path folder) {
        this.folder = folder;
    }

    /** Those in a folder, which need not exist. */
    public static Plugins in(Path folder) {
        return new Plugins(folder);
    }

    /** What a factory is found by. */
    private record Key(Class<? extends TypedFactory> kind, String type) {}

    /** A factory and the jar that it came in. */
    private record Found(TypedFactory factory, Path jar) {}

    public Path folder() {
        return folder;
    }

    /** The factory of a kind and a type, or null when no jar has one. */
    public <F extends TypedFactory> @Nullable F find(Class<F> kind, String type) {
        Found found = all().get(new Key(kind, type));
        return found == null ? null : kind.cast(found.factory());
    }

    /** The jar that a type comes in; empty when none has it. */
    public String jarOf(Class<? extends TypedFactory> kind, String type) {
        Found found = all().get(new Key(kind, type));
        return found == null ? "" : found.jar().toString();
    }

    /** What was wrong with jars that were looked into, each with the name of the jar. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    private Map<Key, Found> all() {
        Map<Key, Found> known = factories;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Path jar : jars()) {
                look(jar, known);
            }
            factories = known;
        }
        return known;
    }

    private List<Path> jars() {
        var jars = new ArrayList<Path>();
        if (!Files.isDirectory(folder)) {
            return jars;
        }
        try (var entries = Files.newDirectoryStream(folder, "*.jar")) {
            entries.forEach(jars::add);
        } catch (IOException | DirectoryIteratorException e) {
            troubles.add(folder + " cannot be read: " + e.getMessage());
        }
        jars.sort(null);
        if (jars.size() > MOST_JARS) {
            troubles.add(folder + " has more than " + MOST_JARS + " jars; the others are left out");
            return jars.subList(0, MOST_JARS);
        }
        return jars;
    }

    // What its code throws is told with the jar's name, whatever it is, and does not stop the others.
    @SuppressWarnings("CatchingUnchecked")
    private void look(Path jar, Map<Key, Found> known) {
        try {
            var loader = new PluginLoader(jar, jar.toUri().toURL(), Plugins.class.getClassLoader());
            boolean any = false;
            for (Class<? extends TypedFactory> kind : KINDS) {
                for (var provider : ServiceLoader.load(kind, loader).stream().toList()) {
                    any = true;
                    take(kind, provider.get(), jar, known);
                }
            }
            if (!any) {
                troubles.add(jar + " has no factory; it needs META-INF/services/ with a file such as "
                        + IdentityProviderFactory.class.getName());
            }
        } catch (MalformedURLException | ServiceConfigurationError | LinkageError | RuntimeException e) {
            troubles.add(jar + " cannot be used: " + e.getClass().getName() + ": " + e.getMessage());
        }
    }

    private void take(Class<? extends TypedFactory> kind, TypedFactory factory, Path jar, Map<Key, Found> known) {
        String type = factory.type();
        if (!type.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            troubles.add(jar + " has a factory whose type is not of a-z 0-9 -: "
                    + factory.getClass().getName());
            return;
        }
        Found other = known.putIfAbsent(new Key(kind, type), new Found(factory, jar));
        if (other != null) {
            troubles.add(jar + " has the type '" + type + "', which " + other.jar() + " has, too; remove one");
        }
    }
}
