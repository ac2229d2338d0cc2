// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.boot.cli.admin.AdminOption;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import dev.hansard.core.policy.GivenBody;
import dev.hansard.core.policy.PolicyDefaults;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Trial;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard explain}. */
@Command(
        name = "explain",
        description = "Say what would become of a request, and why. Nothing is sent to any service.",
        footer = {
            "",
            "With --config the answer comes from that file, else from the policies in force on the node.",
            "Exit code 0: it would pass; 1: it would not, or people would have to approve it."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/explain";

    private final Terminal terminal;
    private final InputStream in;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "METHOD", index = "0", description = "Such as POST.")
    private String method = "";

    @Parameters(paramLabel = "URL", index = "1", description = "A URL as the caller uses it, or a path.")
    private String url = "";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Ask this configuration and no node.")
    private @Nullable Path config;

    @Option(names = "--caller", paramLabel = "SUBJECT", description = "Who calls (default: anonymous).")
    private String caller = Caller.ANONYMOUS.subject();

    @Option(names = "--provider", paramLabel = "NAME", description = "The identity provider that knows the caller.")
    private String provider = "";

    @Option(names = "--group", paramLabel = "NAME", description = "A group of the caller; may be repeated.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--header", paramLabel = "NAME:VALUE", description = "A header field; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--body", paramLabel = "FILE", description = "The content; - is the standard input.")
    private @Nullable Path body;

    @Option(names = "--listener", paramLabel = "NAME", description = "Where it comes in (default: the first listener).")
    private String listener = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|ndjson|id",
            description = "How to print; id is the outcome alone (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.TABLE;

    ExplainCommand(Terminal terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
    }

    @Override
    public Integer call() {
        JsonNode explanation = config == null ? online() : offline(config);
        switch (output) {
            case JSON -> terminal.out().println(Json.pretty(explanation));
            case NDJSON -> terminal.out().println(Json.line(explanation));
            case ID -> terminal.out().println(Json.text(explanation, "outcome"));
            case TABLE -> ExplanationText.lines(explanation, terminal.columns()).forEach(terminal.out()::println);
            case WIDE -> ExplanationText.lines(explanation, Integer.MAX_VALUE).forEach(terminal.out()::println);
        }
        return Json.text(explanation, "outcome").equals("allowed") ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }

    private JsonNode offline(Path file) {
        try {
            byte[] content = content();
            var trial = new Trial(
                    listener,
                    new Caller(provider, caller, groups),
                    method,
                    latin(url),
                    fields(),
                    content == null ? null : new GivenBody(content),
                    null);
            return ExplanationText.document(
                    OfflineTrials.of(ConfigFile.chosen(file, terminal).load()).explain(trial));
        } catch (InvalidValueException e) {
            throw CommandFailedException.usage(String.valueOf(e.getMessage()), "");
        }
    }

    private JsonNode online() {
        Map<String, Object> asked = new LinkedHashMap<>();
        if (!listener.isEmpty()) {
            asked.put("listener", listener);
        }
        asked.put("method", method);
        asked.put("target", url);
        asked.put("caller", Map.of("provider", provider, "subject", caller, "groups", groups));
        asked.put(
                "headers",
                fields().stream()
                        .map(field -> List.of(field.name(), field.value()))
                        .toList());
        byte[] content = content();
        if (content != null) {
            asked.put("body", new String(content, StandardCharsets.UTF_8));
        }
        try (AdminClient client = admin.client(terminal)) {
            return client.post(PATH, Json.tree(asked));
        }
    }

    private List<Field> fields() {
        var fields = new ArrayList<Field>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw CommandFailedException.usage("--header must look like 'Name: value'", "");
            }
            fields.add(new Field(
                    header.substring(0, colon).strip(),
                    latin(header.substring(colon + 1).strip())));
        }
        return fields;
    }

    /** One char is one byte of the request. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private byte @Nullable [] content() {
        if (body == null) {
            return null;
        }
        try (InputStream from = body.toString().equals("-") ? in : Files.newInputStream(body)) {
            return from.readNBytes(PolicyDefaults.MOST_BODY_BYTES + 1);
        } catch (IOException _) {
            throw CommandFailedException.usage("--body " + body + " cannot be read", "check the path");
        }
    }
}
