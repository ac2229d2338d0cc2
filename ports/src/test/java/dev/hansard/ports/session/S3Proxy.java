// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A server that speaks S3, in a process of its own, with files behind it: one per JVM, ended with it. It tests
 * signatures, but knows no versions and no locks.
 */
public final class S3Proxy {
    public static final String ACCESS_KEY = "test-access-key";
    public static final String SECRET_KEY = "test-secret-key";

    private static final String VERSION = "4.1.0";
    private static final String JAR =
            "org/gaul/s3proxy/" + VERSION + "/s3proxy-" + VERSION + "-jar-with-dependencies.jar";

    private final URI endpoint;
    private final Path folder;

    private S3Proxy(URI endpoint, Path folder) {
        this.endpoint = endpoint;
        this.folder = folder;
    }

    private static final class Running {
        private static final S3Proxy ONE = start();
    }

    /** Whether Maven has got it; the build of adapters-storage does that. */
    public static boolean isThere() {
        return Files.isRegularFile(jar());
    }

    /** The server, started when it is asked for first. */
    public static S3Proxy running() {
        return Running.ONE;
    }

    public URI endpoint() {
        return endpoint;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort());
    }

    /** Makes a bucket when there is none of that name. */
    public String bucket(String name) {
        try {
            Files.createDirectories(folder.resolve(name));
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file behind an object. */
    public Path file(String bucket, String object) {
        return folder.resolve(bucket).resolve(object);
    }

    private static Path jar() {
        String repository = System.getProperty("hansard.repository");
        Path local = repository == null
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(repository);
        return local.resolve(JAR);
    }

    private static S3Proxy start() {
        try {
            Path home = Files.createTempDirectory("hansard-s3proxy");
            Path data = Files.createDirectory(home.resolve("data"));
            int port = freePort();
            Path settings = Files.write(home.resolve("s3proxy.conf"), lines(port, data));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx192m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-jar",
                            jar().toString(),
                            "--properties",
                            settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("out.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, home)));
            Awaitility.await("s3proxy on port " + port)
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> !process.isAlive() || answers(port));
            if (!process.isAlive()) {
                throw new IllegalStateException("s3proxy ended: " + Files.readString(home.resolve("out.log")));
            }
            return new S3Proxy(URI.create("http://127.0.0.1:" + port), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(int port, Path data) {
        return Map.of(
                        "s3proxy.endpoint",
                        "http://127.0.0.1:" + port,
                        "s3proxy.authorization",
                        "aws-v2-or-v4",
                        "s3proxy.identity",
                        ACCESS_KEY,
                        "s3proxy.credential",
                        SECRET_KEY,
                        "jclouds.provider",
                        "filesystem-nio2",
                        "jclouds.filesystem.basedir",
                        data.toString())
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void end(Process process, Path home) {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(home)) {
            process.waitFor(5, TimeUnit.SECONDS);
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // The system empties its temporary folder.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
