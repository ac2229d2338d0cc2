// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {
    private static final MaskRule RULE = MaskRule.of("pw", new MaskAction.Redact()).json(List.of("password", "straße", "é")).build();

    private final NameRules names = NameRules.of(List.of(RULE), MaskRule::json);

    @ParameterizedTest
    @ValueSource(strings = {"password", "PassWord", "PASSWORD", "ｐａｓｓｗｏｒｄ", "STRASSE", "Straße", "É", "e\u0301"})
    void findsANameInAnyCaseAndComposition(String name) {
        assertThat(names.of(name)).isEqualTo(RULE.treatment());
    }

    @Test
    void leavesOtherNames() {
        assertThat(names.of("passwords")).isNull();
        assertThat(names.of("")).isNull();
    }
}
