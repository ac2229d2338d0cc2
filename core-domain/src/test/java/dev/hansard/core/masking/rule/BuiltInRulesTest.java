// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInRulesTest {
    private final NameRules names = NameRules.of(BuiltInRules.rules(), MaskRule::json);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Passwd",
                "pwd",
                "client_secret",
                "clientSecret",
                "client-assertion",
                "API_KEY",
                "apiKey",
                "access_token",
                "refreshToken",
                "id_token",
                "token",
                "private_key",
                "pin",
                "CVV",
                "cvc"
            })
    void redactsWhatSecretsAreNamed(String name) {
        Treatment treatment = names.of(name);

        assertThat(treatment).isNotNull();
        assertThat(treatment.action()).isEqualTo(new MaskAction.Redact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"card_number", "cardNumber", "Credit-Card", "pan"})
    void keepsTheLastDigitsOfCards(String name) {
        Treatment treatment = names.of(name);

        assertThat(treatment).isNotNull();
        assertThat(treatment.action()).isEqualTo(new MaskAction.KeepLast(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "max_tokens", "page_token", "key", "card", "company", "spinner", "code"})
    void leavesOtherNames(String name) {
        assertThat(names.of(name)).isNull();
    }

    @Test
    void givesWayToTheRuleOfAUserForTheSameName() {
        var rule = MaskRule.of("mine", new MaskAction.Drop())
                .json(List.of("password"))
                .build();
        var rules = new ArrayList<>(List.of(rule));
        rules.addAll(BuiltInRules.rules());

        assertThat(NameRules.of(rules, MaskRule::json).of("Password")).isEqualTo(rule.treatment());
    }

    @Test
    void givesEachNameToOneRule() {
        assertThat(BuiltInRules.rules().stream().flatMap(rule -> rule.json().stream()))
                .doesNotHaveDuplicates();
        assertThat(BuiltInRules.rules()).extracting(MaskRule::name).allMatch(name -> name.startsWith("default:"));
    }
}
