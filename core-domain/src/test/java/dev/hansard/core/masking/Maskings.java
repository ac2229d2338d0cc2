// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.ports.masking.Patterns.Compiled;
import dev.hansard.ports.masking.Patterns.Rejected;
import dev.hansard.ports.masking.TextPattern;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Masking for tests, without codings and patterns from outside. */
public final class Maskings {
    public static final TokenKey KEY = TokenKey.of(Secret.of("a key that tests use"), new ServiceName("payments"));

    private static final int MAX_BYTES = 8 << 20;
    private static final MaskingTools TOOLS =
            new MaskingTools((_, _) -> null, _ -> new Rejected(0, "there are no patterns here"), () -> 0);

    private Maskings() {}

    /** What no configuration can switch off, and nothing else. */
    public static MaskingProgram alwaysOn() {
        return new MaskingProgram(Map.of(), service(List.of(), false));
    }

    /** One with a bug: a rule that fails wherever it is asked. */
    public static MaskingProgram failing() {
        var rule = MaskRule.of("failing", new MaskAction.Redact())
                .pattern(new MaskRule.UserPattern("x", ""))
                .build();
        TextPattern failing = (_, _, _, _) -> {
            throw new IllegalStateException("a bug");
        };
        var tools = new MaskingTools((_, _) -> null, _ -> new Compiled(failing), () -> 0);
        return new MaskingProgram(Map.of(), new ServiceMasking(List.of(rule), false, KEY, tools, MAX_BYTES));
    }

    /** With a clock of its own. */
    static ServiceMasking service(List<MaskRule> rules, LongSupplier nanos) {
        return new ServiceMasking(
                rules, true, KEY, new MaskingTools(TOOLS.codings(), TOOLS.patterns(), nanos), MAX_BYTES);
    }

    static ServiceMasking service(List<MaskRule> rules, boolean detectorsOnUnparsable) {
        return new ServiceMasking(rules, detectorsOnUnparsable, KEY, TOOLS, MAX_BYTES);
    }
}
