// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.plugins;

import dev.hansard.ports.spi.IdentityProviderFactory;
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

    private final Path folder;
    private final List<String> troubles = new ArrayList<>();
    private @Nullable Map<String, Found> factories;

    private Plugins(Path folder) {
        this.folder = folder;
    }

    /** Those in a folder, which need not exist. */
    public static Plugins in(Path folder) {
        return new Plugins(folder);
    }

    /** A factory and the jar that it came in. */
    private record Found(IdentityProviderFactory factory, Path jar) {}

    public Path folder() {
        return folder;
    }

    /** The factory of a type, or null when no jar has one. */
    public @Nullable IdentityProviderFactory identityProvider(String type) {
        Found found = all().get(type);
        return found == null ? null : found.factory();
    }

    /** The jar that a type comes in; empty when none has it. */
    public String jarOf(String type) {
        Found found = all().get(type);
        return found == null ? "" : found.jar().toString();
    }

    /** What was wrong with jars that were looked into, each with the name of the jar. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    private Map<String, Found> all() {
        Map<String, Found> known = factories;
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
    private void look(Path jar, Map<String, Found> known) {
        try {
            var loader = new PluginLoader(jar, jar.toUri().toURL(), Plugins.class.getClassLoader());
            boolean any = false;
            for (var provider : ServiceLoader.load(IdentityProviderFactory.class, loader).stream()
                    .toList()) {
                any = true;
                take(provider.get(), jar, known);
            }
            if (!any) {
                troubles.add(
                        jar + " has no factory; it needs META-INF/services/" + IdentityProviderFactory.class.getName());
            }
        } catch (MalformedURLException | ServiceConfigurationError | LinkageError | RuntimeException e) {
            troubles.add(jar + " cannot be used: " + e.getClass().getName() + ": " + e.getMessage());
        }
    }

    private void take(IdentityProviderFactory factory, Path jar, Map<String, Found> known) {
        String type = factory.type();
        if (!type.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            troubles.add(jar + " has a factory whose type is not of a-z 0-9 -: "
                    + factory.getClass().getName());
            return;
        }
        Found other = known.putIfAbsent(type, new Found(factory, jar));
        if (other != null) {
            troubles.add(jar + " has the type '" + type + "', which " + other.jar() + " has, too; remove one");
        }
    }
}
