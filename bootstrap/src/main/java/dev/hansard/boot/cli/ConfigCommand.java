// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.EffectiveYaml;
import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard config}. */
@Command(name = "config", description = "Write, check and show the configuration.")
final class ConfigCommand {
    /** The JSON Schema of the configuration, beside the classes that read it. */
    private static final String SCHEMA = "/dev/hansard/boot/settings/hansard.schema.json";

    private static final String FIRST = "/dev/hansard/boot/cli/first.yaml";

    private final Terminal terminal;

    private ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandLine over(Terminal terminal) {
        return new CommandLine(new ConfigCommand(terminal));
    }

    @Command(name = "init", description = "Write a first configuration, with comments.")
    int init(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where to; - is the standard output.")
                    @Nullable
                    Path file,
            @Option(names = "--force", description = "Replace the file if there is one.") boolean force) {
        String first = resource(FIRST);
        Path target = file == null ? ConfigFile.USUAL : file;
        if (target.toString().equals("-")) {
            terminal.out().print(first);
            terminal.out().flush();
            return ExitCode.DONE;
        }
        try {
            Files.writeString(
                    target,
                    first,
                    StandardOpenOption.WRITE,
                    force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (FileAlreadyExistsException _) {
            throw CommandFailedException.usage(
                    "'" + target + "' is there already", "name another file, or replace it with --force");
        } catch (IOException _) {
            throw CommandFailedException.usage("'" + target + "' cannot be written", "check the folder and its rights");
        }
        terminal.out().println(target);
        terminal.hint("edit it, then `hansard serve --config " + target + "`");
        return ExitCode.DONE;
    }

    @Command(name = "validate", description = "Check a configuration without starting anything.")
    int validate(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "The configuration.") @Nullable Path file,
            @Option(
                            names = {"-c", "--config"},
                            paramLabel = "FILE",
                            description = "The same.")
                    @Nullable
                    Path config) {
        ConfigFile chosen = ConfigFile.chosen(one(file, config), terminal);
        Settings settings = chosen.load();
        terminal.out()
                .println(chosen.path() + " is right: "
                        + counted(settings.listeners().size(), "listener") + ", "
                        + counted(settings.services().size(), "service"));
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Print the configuration as it takes effect, with every default.",
            footer = {"", "A value that comes from ${env:} or ${file:} is shown as its expression and a fingerprint."})
    int show(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "The configuration.") @Nullable Path file,
            @Option(
                            names = {"-c", "--config"},
                            paramLabel = "FILE",
                            description = "The same.")
                    @Nullable
                    Path config) {
        Loaded loaded = ConfigFile.chosen(one(file, config), terminal).loaded();
        terminal.out().print(EffectiveYaml.of(loaded.settings(), loaded.outside()));
        terminal.out().flush();
        return ExitCode.DONE;
    }

    @Command(name = "schema", description = "Print the JSON Schema of the configuration, for editors.")
    int schema() {
        terminal.out().print(resource(SCHEMA));
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private static @Nullable Path one(@Nullable Path file, @Nullable Path config) {
        if (file != null && config != null) {
            throw CommandFailedException.usage("the configuration is named twice", "name it once");
        }
        return file == null ? config : file;
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String resource(String name) {
        try (InputStream in = ConfigCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("resource " + name + " cannot be read", e);
        }
    }
}
