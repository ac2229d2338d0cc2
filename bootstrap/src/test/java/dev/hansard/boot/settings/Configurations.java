// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.plugins.Plugins;
import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.Loading.Rejected;
import dev.hansard.boot.settings.identity.ProviderTypes;
import dev.hansard.boot.settings.storage.StorageTypes;
import dev.hansard.boot.settings.yaml.Problem;
import dev.hansard.http.content.Re2jPatterns;
import dev.hansard.http.policy.CelCompiler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Loads texts as configurations. */
final class Configurations {
    static final String NAME = "hansard.yaml";

    private Configurations() {}

    static StorageTypes stores(Path plugins) {
        return new StorageTypes(Plugins.in(plugins));
    }

    static ProviderTypes providers(Path plugins) {
        return new ProviderTypes(Plugins.in(plugins));
    }

    static Loading load(String yaml) {
        return load(yaml, Map.of(), new FakeFiles());
    }

    static Loading load(String yaml, Map<String, String> environment, FakeFiles others) {
        return new SettingsLoader(
                        environment,
                        others.with(NAME, yaml),
                        others,
                        new Languages(Re2jPatterns.create(), CelCompiler.create()),
                        providers(Path.of("plugins")),
                        stores(Path.of("plugins")))
                .load(Path.of(NAME));
    }

    /** The settings of a text that must be right. */
    static Settings settings(String yaml) {
        return settings(load(yaml));
    }

    static Settings settings(Loading loading) {
        assertThat(loading).as(() -> printed(loading)).isInstanceOf(Loaded.class);
        return ((Loaded) loading).settings();
    }

    /** Everything that is wrong with a text, as it is printed. */
    static String problems(String yaml) {
        return printed(load(yaml));
    }

    static String printed(Loading loading) {
        List<Problem> problems = switch (loading) {
            case Loaded loaded -> loaded.warnings();
            case Rejected rejected -> rejected.problems();
        };
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
