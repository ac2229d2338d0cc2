// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OwnersFile;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard keys create}. */
@Command(name = "create", description = "Make an API key. It is printed this once; the node keeps a digest only.")
final class KeysCreateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "NAME", description = "What people call it: a-z 0-9 -, not used by another key.")
    private String name = "";

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "A group that whoever shows the key is in; may be given several times.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--lifetime", paramLabel = "DURATION", description = "How long it is good for, such as 90d.")
    private @Nullable String lifetime;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Write the key to this new file, for its owner alone, and print the id instead.")
    private @Nullable Path keyFile;

    KeysCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode asked = asked();
        if (keyFile != null) {
            requireNew(keyFile);
        }
        try (AdminClient client = admin.client(terminal)) {
            JsonNode made = client.post(KeysCommand.PATH, asked);
            String id = Json.text(made, "id");
            if (keyFile == null) {
                terminal.out().println(Json.text(made, "key"));
                terminal.hint("this is the only time that it is shown; its id is " + id);
            } else {
                write(client, keyFile, made, id);
                terminal.out().println(id);
                terminal.hint("the key is in " + keyFile);
            }
        }
        return ExitCode.DONE;
    }

    private ObjectNode asked() {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("name", name);
        ArrayNode list = asked.putArray("groups");
        groups.forEach(list::add);
        if (lifetime != null) {
            try {
                asked.put("lifetime", Amounts.duration(lifetime).toString());
            } catch (MisfitException e) {
                throw CommandFailedException.usage("--lifetime must be " + e.expected(), e.hint());
            }
        }
        return asked;
    }

    // Looked at before the key is made: one that cannot be written down would be lost.
    private static void requireNew(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandFailedException.usage("'" + file + "' is there already", "name a new file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder)) {
            throw unwritable(file);
        }
    }

    /** A key that nobody got is taken back. */
    private static void write(AdminClient client, Path file, JsonNode made, String id) {
        try {
            OwnersFile.create(file, made.path("key").asText() + "\n");
        } catch (IOException _) {
            client.delete(KeysCommand.PATH + "/" + id);
            throw unwritable(file);
        }
    }

    private static CommandFailedException unwritable(Path file) {
        return CommandFailedException.usage(
                "'" + file + "' cannot be written", "check the folder and its rights; no key was left behind");
    }
}
