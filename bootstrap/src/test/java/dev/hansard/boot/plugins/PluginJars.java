// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.TypedFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Makes jars as the author of a plugin would: compiled against what is on the class path, with a service file. */
public final class PluginJars {
    private PluginJars() {}

    /** Compiles one source and jars it as a plugin with that factory of identity providers. */
    public static Path of(Path jar, String factory, String source) {
        return of(jar, IdentityProviderFactory.class, factory, source);
    }

    /** Compiles one source and jars it as a plugin with that factory of a kind. */
    public static Path of(Path jar, Class<? extends TypedFactory> kind, String factory, String source) {
        try {
            Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "plugin");
            String simpleName = factory.substring(factory.lastIndexOf('.') + 1);
            Path file = Files.writeString(work.resolve(simpleName + ".java"), source);
            compile(work, file);
            try (var out = new JarOutputStream(Files.newOutputStream(jar));
                    var classes = Files.walk(work)) {
                for (Path compiled : classes.filter(path -> path.toString().endsWith(".class"))
                        .toList()) {
                    put(out, work.relativize(compiled).toString(), Files.readAllBytes(compiled));
                }
                put(out, "META-INF/services/" + kind.getName(), (factory + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path work, Path file) {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "this needs a JDK");
        var said = new StringWriter();
        var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        List<String> options =
                List.of("-d", work.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        boolean done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file))
                .call();
        assertThat(done).as(said.toString()).isTrue();
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
