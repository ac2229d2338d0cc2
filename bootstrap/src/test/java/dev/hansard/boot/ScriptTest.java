// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code hansard}, in a clone with a JDK and a Maven that only say what they were asked. */
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "hansard");
    private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path clone = Path.of("");

    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void makeClone() throws IOException {
        Files.copy(SCRIPT, clone.resolve("hansard"));
        Files.writeString(clone.resolve("pom.xml"), "");
        Files.createDirectories(clone.resolve("core/src/main"));
        Files.writeString(clone.resolve("core/pom.xml"), "");
        Files.writeString(clone.resolve("core/src/main/Some.java"), "");
        Files.createDirectories(clone.resolve("bootstrap/target"));
        Files.createDirectories(clone.resolve("bootstrap/src/main"));
        Files.writeString(clone.resolve("bootstrap/pom.xml"), "");
        for (String old : List.of(
                "pom.xml",
                "core/pom.xml",
                "core/src/main",
                "core/src/main/Some.java",
                "bootstrap/pom.xml",
                "bootstrap/src/main")) {
            Files.setLastModifiedTime(clone.resolve(old), FileTime.from(EARLIER));
        }
        jdk("jdk", "99.0.1");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(clone.resolve(name));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createDirectories(home.resolve("bin"));
        program(home.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        program(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A folder with what the script needs of the system, and no more. */
    private Path tools() throws IOException {
        Path folder = Files.createDirectories(clone.resolve("tools"));
        for (String tool : List.of("bash", "dirname", "readlink", "find", "mktemp", "cat", "rm", "touch")) {
            Path there = List.of(Path.of("/bin", tool), Path.of("/usr/bin", tool)).stream()
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(folder.resolve(tool), there);
        }
        return folder;
    }

    private void maven(String body) throws IOException {
        program(clone.resolve("tools/mvn"), body);
    }

    private Ran run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", clone.resolve("hansard").toString()));
        command.addAll(List.of(arguments));
        Path out = clone.resolve("out.txt");
        Path err = clone.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private Map<String, String> environment() throws IOException {
        return Map.of(
                "PATH", tools().toString(),
                "HOME", clone.toString(),
                "JAVA_HOME", clone.resolve("jdk").toString());
    }

    @Test
    void startsTheJarThatIsNewEnoughWithoutBuilding() throws IOException, InterruptedException {
        Path jar = Files.writeString(clone.resolve("bootstrap/target/hansard.jar"), "");

        Ran ran = run(environment(), "sessions", "ls", "a b");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .contains(
                        "-XX:-HeapDumpOnOutOfMemoryError",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+DisableAttachMechanism",
                        "-XX:-CreateCoredumpOnCrash",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dhansard.terminal=")
                .endsWith("-jar", jar.toRealPath().toString(), "sessions", "ls", "a b");
    }

    @Test
    void addsTheOptionsOfTheUser() throws IOException, InterruptedException {
        Files.writeString(clone.resolve("bootstrap/target/hansard.jar"), "");
        var environment = new HashMap<>(environment());
        environment.put("HANSARD_JAVA_OPTS", "-Xmx256m -Da=b");

        Ran ran = run(environment, "version");

        assertThat(ran.out().lines()).contains("-Xmx256m", "-Da=b");
    }

    @Test
    void buildsTheJarThatIsMissingOrOlderThanASource() throws IOException, InterruptedException {
        Map<String, String> environment = environment();
        maven("echo \"$JAVA_HOME $*\" >>calls; touch bootstrap/target/hansard.jar");

        Ran first = run(environment, "version");
        Ran second = run(environment, "version");
        Files.setLastModifiedTime(
                clone.resolve("core/src/main/Some.java"), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        Ran third = run(environment, "version");

        assertThat(first.err()).startsWith("building ").hasLineCount(1);
        assertThat(second.err()).isEmpty();
        assertThat(third.err()).startsWith("building ");
        assertThat(clone.resolve("calls"))
                .content()
                .hasLineCount(2)
                .contains(clone + "/jdk -B -q")
                .contains("-DskipTests");
    }

    @Test
    void showsWhyABuildFailed() throws IOException, InterruptedException {
        Map<String, String> environment = environment();
        maven("echo 'no such artifact'; exit 1");

        Ran ran = run(environment, "version");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("no such artifact", "error: the build failed");
    }

    @Test
    void saysThatMavenIsMissing() throws IOException, InterruptedException {
        Ran ran = run(environment(), "version");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no mvn on the PATH", "hint: apt install maven");
    }

    @Test
    void saysThatAJdkIsMissingAndWhatToInstall() throws IOException, InterruptedException {
        Path script = clone.resolve("hansard");
        Files.writeString(script, Files.readString(script).replace("NEEDED=25", "NEEDED=100"));

        Ran ran = run(environment(), "version");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("error: no JDK 100 or newer was found", "JAVA_HOME", "temurin-100-jdk", "sdk install");
    }

    @Test
    void findsAJdkInJavaHomeThenOnThePathThenInTheUsualFolders() throws IOException, InterruptedException {
        Path script = clone.resolve("hansard");
        // A version that no machine has, so that only the fakes fit.
        Files.writeString(script, Files.readString(script).replace("NEEDED=25", "NEEDED=99"));
        Path inPath = jdk("on-path", "99");
        Path inHome = jdk(".jdks/temurin-99", "99-ea");
        Path old = jdk("old", "21.0.1");
        String tools = tools().toString();
        String home = clone.toString();

        Ran byJavaHome = run(
                Map.of(
                        "PATH",
                        tools,
                        "HOME",
                        home,
                        "JAVA_HOME",
                        clone.resolve("jdk").toString()),
                "--which-jdk");
        Ran byPath = run(
                Map.of("PATH", tools + ":" + inPath.resolve("bin"), "HOME", home, "JAVA_HOME", old.toString()),
                "--which-jdk");
        Ran byFolder = run(Map.of("PATH", tools, "HOME", home), "--which-jdk");

        assertThat(byJavaHome.out()).isEqualTo(clone.resolve("jdk") + "\n");
        assertThat(byPath.out()).isEqualTo(inPath.toRealPath() + "\n");
        assertThat(byFolder.out()).isEqualTo(inHome + "\n");
    }
}
