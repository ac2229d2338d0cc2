// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ConfigFile;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.mask.MaskPreview.Applied;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.masking.MaskingOfService;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.text.Visible;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rules to mask by. */
final class RuleOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Without it, --service and --set: the rules that are built in.")
    private @Nullable Path config;

    @Option(names = "--service", paramLabel = "NAME", description = "Mask as for this service.")
    private @Nullable String service;

    @Option(
            names = "--set",
            paramLabel = "NAMES",
            split = ",",
            description = "Mask by these sets and rules instead of those that the service names.")
    private @Nullable List<String> sets;

    /** What was chosen, from the configuration where one is needed. */
    Applied applied(Terminal terminal) {
        if (config == null && service == null && sets == null) {
            MaskingSettings masking = MaskingSettings.DEFAULT;
            return new Applied(
                    Settings.DEFAULT_SERVICE, RecordPolicy.DEFAULT, masking.of(Settings.DEFAULT_SERVICE), null);
        }
        Settings settings = ConfigFile.chosen(config, terminal).load();
        MaskingSettings masking = settings.masking();
        ServiceName name = service(settings);
        RecordPolicy recording = settings.services().stream()
                .filter(candidate -> candidate.name().equals(name))
                .map(Service::recording)
                .findFirst()
                .orElse(RecordPolicy.DEFAULT);
        MaskingOfService rules = sets == null ? masking.of(name) : ofSets(masking, name);
        return new Applied(name, recording, rules, masking.tokenKey());
    }

    private ServiceName service(Settings settings) {
        List<ServiceName> names =
                settings.services().stream().map(Service::name).toList();
        String asked = service;
        if (asked != null) {
            return names.stream()
                    .filter(name -> name.value().equals(asked))
                    .findFirst()
                    .orElseThrow(() -> CommandFailedException.usage(
                            "there is no service '" + Visible.quoted(asked) + "'",
                            "the services are " + listed(names)));
        }
        if (names.size() > 1 && sets == null) {
            throw CommandFailedException.usage(
                    "the configuration has " + names.size() + " services",
                    "add --service, one of " + listed(names) + "; or --set");
        }
        return names.size() == 1 ? names.getFirst() : Settings.DEFAULT_SERVICE;
    }

    private static String listed(List<ServiceName> names) {
        return names.stream().limit(20).map(ServiceName::value).collect(Collectors.joining(", "));
    }

    private MaskingOfService ofSets(MaskingSettings masking, ServiceName name) {
        try {
            return masking.of(name, sets == null ? List.of() : sets);
        } catch (MisfitException e) {
            throw CommandFailedException.usage("--set must be " + e.expected(), e.hint());
        }
    }
}
