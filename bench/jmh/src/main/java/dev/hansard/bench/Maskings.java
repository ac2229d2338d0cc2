// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import dev.hansard.boot.wiring.ServiceMaskings;
import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.core.masking.detect.Detectors;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.List;

/** Masking as nodes are configured. */
final class Maskings {
    static final ServiceName SERVICE = new ServiceName("payments");
    static final TokenKey KEY = TokenKey.of(Secret.of("a key for benchmarks"), SERVICE);

    /** Longest content that is masked. */
    private static final int MAX_BYTES = 8 << 20;

    private Maskings() {}

    /** Ten rules of every kind for JSON. */
    static List<MaskRule> tenRules() {
        return List.of(
                        "password",
                        "cvv",
                        "ssn",
                        "$..secret",
                        "token",
                        "/0/customer/name",
                        "$[*].customer.email",
                        "$[*].items[*].owner",
                        "/*/card/number",
                        "$..billing.street")
                .stream()
                .map(selector -> rule(selector, List.of(selector), List.of()))
                .toList();
    }

    static List<MaskRule> allDetectors() {
        return List.of(rule("detectors", List.of(), List.copyOf(Detectors.NAMES)));
    }

    private static MaskRule rule(String name, List<String> json, List<String> detect) {
        List<String> none = List.of();
        return new MaskRule(
                name, new MaskAction.Redact(), json, none, none, none, none, none, detect, null, none);
    }

    /** With the rules that are built in: those that select by name, or all, or all and every detector. */
    static ServiceMasking service(String rules) {
        List<MaskRule> chosen = new ArrayList<>(BuiltInRules.rules());
        switch (rules) {
            case "names" -> chosen.removeIf(rule -> !rule.detect().isEmpty());
            case "detectors" -> chosen.addAll(allDetectors());
            default -> {}
        }
        return new ServiceMasking(chosen, false, KEY, ServiceMaskings.tools(System::nanoTime), MAX_BYTES);
    }
}
