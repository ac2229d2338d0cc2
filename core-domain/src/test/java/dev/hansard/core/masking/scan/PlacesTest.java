// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    private final Places places = new Places(new SafeNames(name -> name.contains("@")), 200);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /items/12/card                    | /items/*/card                | JSON /items/*/card
            /a~1b/~0/x                        | /a~1b/~0/x                   | JSON /a~1b/~0/x
            /5f0c7a1e9d3b4c2a/mail            | /*/mail                      | JSON /*/mail
            /1b4e28ba-2fa1-11d2-883f-0016d3cca427/mail | /*/mail             | JSON /*/mail
            /cus_Nf12fyz3Vda7Gq9b1/x          | /*/x                         | JSON /*/x
            /ann@example.com/pin              | /*/pin                       | JSON /*/pin
            /***/pin                          | /*/pin                       | JSON /*/pin
            /0                                | /*                           | -
            line:7/a/3                        | /a/*                         | JSON /a/*
            sse:2/a                           | /a                           | JSON /a
            sse:2                             | text                         | -
            sse:2/offset:17                   | text                         | -
            offset:17                         | text                         | -
            ''                                | text                         | -
            form:mail                         | form:mail                    | FORM mail
            form:user[mail]                   | form:user[mail]              | FORM user[mail]
            form:items[0][mail]               | form:items[*][mail]          | FORM mail
            form:tags[3]                      | form:tags[*]                 | -
            form:data/a/2                     | form:data/a/*                | JSON /a/*
            query:q                           | query:q                      | QUERY q
            header:X-Customer                 | header:x-customer            | HEADERS x-customer
            part:note                         | part:note                    | FORM note
            part:note/offset:3                | part:note                    | FORM note
            part:doc/line:3/a                 | part:doc/a                   | JSON /a
            part:doc/header:X-A               | part:doc/header:x-a          | -
            xml:/a/b                          | xml:/a/b                     | XML b
            xml:/a/@c                         | xml:/a/@c                    | XML c
            xml:/a/@p:c                       | xml:/a/@p:c                  | XML c
            xml:/a/b:/x/0                     | xml:/a/b/x/*                 | JSON /x/*
            xml:/a/b:/offset:3                | xml:/a/b                     | XML b
            xml:/a/b:                         | xml:/a/b                     | XML b
            form:a~1b                         | form:a/b                     | FORM a/b
            path                              | path                         | -
            target                            | target                       | -
            preamble/offset:3                 | text                         | -
            """)
    void makesOnePlaceOfAllThatAreAlike(String at, String shown, String selection) {
        Place place = places.of(at);

        Selection its = place.selection();
        assertThat(place.shown()).isEqualTo(shown);
        assertThat(its == null ? null : its.key() + " " + its.text()).isEqualTo(selection);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/${file:~1etc~1passwd}", "form:${env:HOME}", "xml:/${env:A}", "query:a\u202eb", "/a\u001b[2J"})
    void proposesNoNameThatDoesSomethingInAConfigurationOrOnATerminal(String at) {
        Place place = places.of(at);

        assertThat(place.selection()).isNull();
        assertThat(place.shown()).doesNotContain("$", "\u202e", "\u001b").contains("*");
    }

    @Test
    void selectsNothingByHalfAName() {
        Place place = places.of("/" + "a".repeat(98) + "/" + "b".repeat(100));

        assertThat(place.selection()).isNull();
        assertThat(place.shown()).isEqualTo("/" + "a".repeat(98) + "/…");
    }
}
