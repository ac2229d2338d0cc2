// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.plugins.Plugins;
import dev.hansard.boot.settings.Languages;
import dev.hansard.boot.settings.Loading;
import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.Loading.Rejected;
import dev.hansard.boot.settings.SeenFiles;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.SettingsLoader;
import dev.hansard.boot.settings.TlsFiles;
import dev.hansard.boot.settings.WrittenConfig;
import dev.hansard.boot.settings.identity.ProviderTypes;
import dev.hansard.boot.settings.storage.StorageTypes;
import dev.hansard.boot.settings.yaml.Problem;
import dev.hansard.boot.settings.yaml.Problem.Severity;
import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.http.policy.CelCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration that a command works on. */
public record ConfigFile(Path path, Terminal terminal) {
    /** The name that is looked for in the working folder. */
    static final Path USUAL = Path.of("hansard.yaml");

    // More are of no help to a person, and a file of garbage can have very many.
    private static final int MOST_SHOWN = 100;

    /** The file that was named, or else the one that the environment names, or else the usual one. */
    public static ConfigFile chosen(@Nullable Path named, Terminal terminal) {
        if (named != null) {
            return new ConfigFile(named, terminal);
        }
        String fromEnvironment = terminal.environment().get("HANSARD_CONFIG");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return new ConfigFile(Path.of(fromEnvironment), terminal);
        }
        if (Files.exists(USUAL)) {
            return new ConfigFile(USUAL, terminal);
        }
        throw CommandFailedException.usage(
                "there is no configuration: no --config, no HANSARD_CONFIG, no ./" + USUAL,
                "`hansard config init` writes one; `hansard serve --upstream http://localhost:9001` needs none");
    }

    /** What came of loading it; warnings and errors have been said. */
    Loading check() {
        Loading loading = loader(dev.hansard.boot.settings.yaml.Files.onDisk()).load(path);
        List<Problem> problems = switch (loading) {
            case Loaded loaded -> loaded.warnings();
            case Rejected rejected -> rejected.problems();
        };
        problems.stream().limit(MOST_SHOWN).forEach(terminal.err()::println);
        if (problems.size() > MOST_SHOWN) {
            terminal.err().println("and " + (problems.size() - MOST_SHOWN) + " more");
        }
        return loading;
    }

    private SettingsLoader loader(dev.hansard.boot.settings.yaml.Files files) {
        Plugins plugins = Plugins.in(path.resolveSibling("plugins"));
        return new SettingsLoader(
                terminal.environment(),
                files,
                TlsFiles.onDisk(),
                new Languages(Re2jPatterns.create(), CelCompiler.create()),
                new ProviderTypes(plugins),
                new StorageTypes(plugins));
    }

    /**
     * The file as something that can be read again.
     *
     * @param settings what it said when it was read first
     */
    public WrittenConfig written(Settings settings) {
        var files = new SeenFiles(dev.hansard.boot.settings.yaml.Files.onDisk());
        return WrittenConfig.of(path, loader(files), files, settings);
    }

    /** Its settings. */
    public Settings load() {
        return loaded().settings();
    }

    /** What was loaded, when it is right. */
    Loaded loaded() {
        return switch (check()) {
            case Loaded loaded -> loaded;
            case Rejected rejected -> {
                long errors = rejected.problems().stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .count();
                throw CommandFailedException.usage(path + " has " + errors + (errors == 1 ? " error" : " errors"), "");
            }
        };
    }
}
