// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Hansard in a process of its own, from the shaded jar. It never outlives its test. */
final class JarNode implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);
    private static final Pattern LISTENER = Pattern.compile("listener \\S+: http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern ADMIN = Pattern.compile("admin API: http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path out;
    private final Path err;
    private int port;
    private int adminPort;

    private JarNode(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Where the jar is. */
    static Path jar() {
        Path jar = Path.of(System.getProperty("hansard.jar", "target/hansard.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("hansard.jar is '" + jar + "', but there is none; run mvn package first");
        }
        return jar;
    }

    /** A tool of the JDK that runs this test. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** A number that the command line may change, as in {@code -Dhansard.crash.cycles=1000}. */
    static int figure(String name, int usual) {
        return Integer.getInteger("hansard." + name, usual);
    }

    /** Serves one upstream strictly, on any free ports, with its data and its output under {@code folder}. */
    static JarNode serve(Path folder, Upstream upstream, String... jvmFlags) {
        return start(folder, List.of(jvmFlags), List.of("--upstream", upstream.url(), "--record", "strict"));
    }

    /** Serves what the arguments say, on any free ports, with its data and its output under {@code folder}. */
    static JarNode start(Path folder, List<String> jvmFlags, List<String> arguments) {
        return start(folder, jvmFlags, List.of("-jar", jar().toString()), arguments);
    }

    /** The same, where it is later than it is: what was recorded a moment ago may be due to go. */
    static JarNode startLater(Path folder, Duration later, List<String> jvmFlags, List<String> arguments) {
        String classes = jar() + File.pathSeparator + classesOf(LaterNode.class);
        List<String> program = List.of("-cp", classes, LaterNode.class.getName(), Long.toString(later.toMinutes()));
        return start(folder, jvmFlags, program, arguments);
    }

    private static Path classesOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JarNode start(Path folder, List<String> jvmFlags, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(jvmFlags);
        command.addAll(program);
        command.addAll(List.of("serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
        command.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        command.addAll(arguments);
        JarNode node = launch(folder, command);
        try {
            node.awaitPorts();
            return node;
        } catch (RuntimeException | Error e) {
            node.close();
            throw e;
        }
    }

    /** Any process, with its output under {@code folder}. */
    static JarNode launch(Path folder, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "node-", ".out");
            Path err = Files.createTempFile(folder, "node-", ".err");
            var builder = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("HANSARD"));
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment()
                    .put("XDG_CONFIG_HOME", folder.resolve("config").toString());
            return new JarNode(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPorts() {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> {
            String said = stderr();
            if (!process.isAlive()) {
                throw new IllegalStateException("the node ended with " + process.exitValue() + ": " + stderr());
            }
            Matcher admin = ADMIN.matcher(said);
            Matcher listener = LISTENER.matcher(said);
            if (!admin.find() || !listener.find()) {
                return false;
            }
            port = Integer.parseInt(listener.group(1));
            adminPort = Integer.parseInt(admin.group(1));
            return true;
        });
    }

    int port() {
        return port;
    }

    int adminPort() {
        return adminPort;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String stdout() {
        return read(out);
    }

    String stderr() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Entries of a folder of {@code /proc/PID}: {@code task} for threads, {@code fd} for open files. */
    int count(String folder) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid()), folder))) {
            return (int) entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM; {@link #exitCode} waits for what comes of it. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL: not one instruction more. */
    void signalKill() {
        process.destroyForcibly();
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() {
        signalKill();
        exitCode(KILL_LIMIT);
    }

    /** How it ended. */
    int exitCode(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the process did not end within " + limit);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        exitCode(KILL_LIMIT);
    }
}
