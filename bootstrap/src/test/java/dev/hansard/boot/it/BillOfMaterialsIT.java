// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The bill of materials inside the jar, held against what the jar is made of. */
class BillOfMaterialsIT {
    private static final String BILL = "META-INF/sbom/hansard.cdx.json";

    /** JDBI and Nimbus bring these inside their own jars, where a bill made from dependencies cannot see them. */
    private static final List<String> INSIDE_OTHERS = List.of(
            "org.antlr:antlr4-runtime:", "com.google.code.gson:gson:", "com.github.stephenc.jcip:jcip-annotations:");

    @Test
    void namesWhatTheJarIsMadeOf() throws IOException {
        try (var jar = new JarFile(JarNode.jar().toFile())) {
            JsonNode bill = bill(jar);

            Set<String> named = new TreeSet<>();
            named.add(coordinates(bill.at("/metadata/component")));
            bill.get("components").forEach(component -> named.add(coordinates(component)));

            // Not every library says by such a file who it is; those that do have to be there.
            assertThat(made(jar)).hasSizeGreaterThan(10);
            assertThat(named).containsAll(made(jar)).noneMatch(name -> name.contains("junit"));
        }
    }

    @Test
    void isTheSameInEveryBuild() throws IOException {
        try (var jar = new JarFile(JarNode.jar().toFile())) {
            JsonNode bill = bill(jar);

            assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bill.has("serialNumber")).isFalse();
            assertThat(bill.at("/metadata/timestamp").isMissingNode()).isTrue();
        }
    }

    private static JsonNode bill(JarFile jar) throws IOException {
        try (InputStream in = jar.getInputStream(Objects.requireNonNull(jar.getJarEntry(BILL), BILL))) {
            return new ObjectMapper().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String coordinates(JsonNode component) {
        return component.get("group").asText() + ":" + component.get("name").asText() + ":"
                + component.get("version").asText();
    }

    /** What Maven left in the jar about each artifact that was put into it. */
    private static Set<String> made(JarFile jar) throws IOException {
        var made = new TreeSet<String>();
        for (JarEntry entry : jar.stream()
                .filter(one -> one.getName().matches("META-INF/maven/.*/pom\\.properties"))
                .toList()) {
            var properties = new Properties();
            try (InputStream in = jar.getInputStream(entry)) {
                properties.load(in);
            }
            made.add(properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":"
                    + properties.getProperty("version"));
        }
        made.removeIf(name -> INSIDE_OTHERS.stream().anyMatch(name::startsWith));
        return made;
    }
}
