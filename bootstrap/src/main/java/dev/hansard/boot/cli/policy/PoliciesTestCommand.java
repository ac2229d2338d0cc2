// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.settings.yaml.Files;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.YamlReader;
import dev.hansard.boot.text.Visible;
import dev.hansard.core.exchange.Trials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansard policies test}. */
@Command(
        name = "test",
        description = "Hold the policies of a configuration against a table of examples. No node is needed.",
        footer = {
            "",
            "The table is YAML:",
            "  config: hansard.yaml          # beside the table; or --config",
            "  tests:",
            "    - name: large refunds need a person",
            "      request: { method: POST, url: http://payments/v1/refunds/1, body: '{\"amount\": 1001}' }",
            "      caller: { subject: checkout, groups: [shop] }",
            "      expect: { outcome: deny, policies: [big-refunds] }   # or expect: allow",
            "",
            "Exit code 0: all as expected; 1: some are not."
        })
final class PoliciesTestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The table of examples.")
    private Path file = Path.of("policies-test.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration (default: the one that the table names).")
    private @Nullable Path config;

    PoliciesTestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var problems = new Problems();
        Tree document = new YamlReader(Map.of(), Files.onDisk(), problems).read(file);
        ExamplesReader reader = document == null ? null : new ExamplesReader(document, problems);
        List<PolicyExample> examples = reader == null ? List.of() : reader.examples();
        String named = reader == null ? null : reader.config();
        if (problems.hasErrors()) {
            problems.sorted().forEach(terminal.err()::println);
            throw CommandFailedException.usage(file + " cannot be used", "");
        }
        Path chosen = config == null && named != null ? file.resolveSibling(named) : config;
        Trials trials = OfflineTrials.of(ConfigFile.chosen(chosen, terminal).load());
        return run(trials, examples);
    }

    private int run(Trials trials, List<PolicyExample> examples) {
        int failed = 0;
        for (PolicyExample example : examples) {
            List<String> differences = example.differences(trials.explain(example.trial()));
            if (!differences.isEmpty()) {
                failed++;
                terminal.out().println("FAIL " + example.at() + ": " + Visible.inLine(example.name()));
                differences.forEach(difference -> terminal.out().println("  " + Visible.inLine(difference)));
            }
        }
        terminal.out().println((examples.size() - failed) + " as expected, " + failed + " not");
        return failed == 0 ? ExitCode.DONE : ExitCode.ANSWER_IS_NO;
    }
}
