// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.spi.IdentityProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    @TempDir
    Path folder;

    private void jar(String name, String packageName, String type, String atStart) {
        PluginJars.of(folder.resolve(name), packageName + ".Factory", source(packageName, type, atStart));
    }

    private static String source(String packageName, String type, String atStart) {
        return """
                package %1$s;

                import dev.hansard.ports.identity.Identification;
                import dev.hansard.ports.identity.IdentityProvider;
                import dev.hansard.ports.spi.IdentityProviderFactory;
                import dev.hansard.ports.spi.Options;
                import dev.hansard.ports.spi.Surroundings;

                public final class Factory implements IdentityProviderFactory {
                    static {
                        %3$s
                    }

                    @Override
                    public String type() {
                        return "%2$s";
                    }

                    @Override
                    public IdentityProvider create(Options options, Surroundings surroundings) {
                        return presented -> Identification.NotMine.NOT_MINE;
                    }
                }
                """.formatted(packageName, type, atStart);
    }

    @Test
    void findsAFactoryByItsType() {
        jar("acme.jar", "com.acme", "acme-hmac", "");

        IdentityProviderFactory factory = Plugins.in(folder).find(IdentityProviderFactory.class, "acme-hmac");

        assertThat(Objects.requireNonNull(factory).type()).isEqualTo("acme-hmac");
        assertThat(factory.getClass().getClassLoader()).isNotSameAs(PluginsTest.class.getClassLoader());
    }

    @Test
    void hidesHansardsInsidesFromAPlugin() {
        jar("nosy.jar", "com.nosy", "nosy", "");
        var loader = Objects.requireNonNull(Plugins.in(folder).find(IdentityProviderFactory.class, "nosy"))
                .getClass()
                .getClassLoader();

        assertThat(loads(loader, "dev.hansard.ports.identity.Caller")).isTrue();
        assertThat(loads(loader, "java.net.http.HttpClient")).isTrue();
        assertThat(loads(loader, "dev.hansard.boot.Main")).isFalse();
        assertThat(loads(loader, "com.fasterxml.jackson.core.JsonFactory")).isFalse();
    }

    private static boolean loads(ClassLoader loader, String name) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    @Test
    void findsTheOthersBesidesABrokenJar() throws IOException {
        Files.writeString(folder.resolve("a-garbage.jar"), "no jar");
        jar("b-failing.jar", "com.failing", "failing", "if (true) throw new IllegalStateException(\"as planned\");");
        jar("c-good.jar", "com.good", "good", "");
        jar("d-good-too.jar", "com.other", "good", "");
        jar("e-misnamed.jar", "com.misnamed", "Mis named", "");
        var plugins = Plugins.in(folder);

        assertThat(plugins.find(IdentityProviderFactory.class, "good")).isNotNull();
        assertThat(plugins.find(IdentityProviderFactory.class, "failing")).isNull();
        assertThat(plugins.troubles())
                .anySatisfy(trouble -> assertThat(trouble).contains("a-garbage.jar"))
                .anySatisfy(trouble -> assertThat(trouble).contains("b-failing.jar"))
                .anySatisfy(trouble -> assertThat(trouble).contains("d-good-too.jar", "c-good.jar", "too; remove one"))
                .anySatisfy(trouble -> assertThat(trouble).contains("e-misnamed.jar"));
    }

    @Test
    void findsNothingInAFolderThatIsNotThere() {
        var plugins = Plugins.in(folder.resolve("missing"));

        assertThat(plugins.find(IdentityProviderFactory.class, "any")).isNull();
        assertThat(plugins.troubles()).isEmpty();
    }
}
