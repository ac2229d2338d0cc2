// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {
    private static final MaskRule RULE = MaskRule.of("pw", new MaskAction.Redact())
            .json(List.of("password", "straße", "é"))
            .build();

    private final NameRules names = NameRules.of(List.of(RULE), MaskRule::json);

    @ParameterizedTest
    @ValueSource(strings = {"password", "PassWord", "PASSWORD", "ｐａｓｓｗｏｒｄ", "STRASSE", "Straße", "É", "e\u0301"})
    void findsANameInAnyCaseAndComposition(String name) {
        assertThat(names.of(name)).isEqualTo(RULE.treatment());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pass\u200Bword",
                "\uFEFFpassword",
                "p\u00ADa\u200Cs\u200Ds\u2060w\u200Eo\uFE0Fr\u180Ed\u3164",
                "pass\uDB40\uDC61word",
                "\u0440\u0430\u0455\u0455word",
                "P\u0410SSW\u041ERD",
                "\u03C1assw\u03BFrd",
                "\u03A1ASSWORD",
                "p\u0430\u200Bssword",
                "pa\u017F\u017Fw\u043Erd"
            })
    void findsANameThatReadsLikeIt(String name) {
        assertThat(names.of(name)).isEqualTo(RULE.treatment());
    }

    @Test
    void findsANameWithAnyNumberOfLettersThatNobodySees() {
        assertThat(names.of("pass" + "\u200B".repeat(100_000) + "word")).isEqualTo(RULE.treatment());
        assertThat(names.of("pass" + "\u0338".repeat(100_000) + "word")).isNull();
    }

    @Test
    void tellsNamesInOtherScriptsApart() {
        MaskRule greek = MaskRule.of("greek", new MaskAction.Drop())
                .json(List.of("\u039D\u03BF", "\u043F\u0430\u0440\u043E\u043B\u044C"))
                .build();
        NameRules others = NameRules.of(List.of(greek), MaskRule::json);

        assertThat(others.of("\u03BD\u039F")).isNotNull();
        assertThat(others.of("\u041F\u0410\u0420\u041E\u041B\u042C")).isNotNull();
        assertThat(others.of("no")).isNull();
        assertThat(others.of("\u043F\u0430\u0440\u043E\u043B\u0438")).isNull();
    }

    @Test
    void leavesOtherNames() {
        assertThat(names.of("passwords")).isNull();
        assertThat(names.of("")).isNull();
    }
}
