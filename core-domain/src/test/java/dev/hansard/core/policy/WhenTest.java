// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhenTest {
    private static final PolicyRequest REQUEST =
            Given.request("POST", "/v1/refunds", new Field("X-Env", "prod"), new Field("x-env", "eu-1"));

    private static When.@Nullable Part misfit(When when) {
        return when.misfit(REQUEST);
    }

    private static When of(List<CallerPattern> callers, List<CallerPattern> groups, List<String> methods) {
        return new When(
                List.of(), Map.of(), methods, List.of(), callers, groups, List.of(), List.of(), List.of(), List.of());
    }

    private static When header(String name, String... globs) {
        var values = List.of(globs).stream().map(TextGlob::new).toList();
        return new When(
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new NamedValue(name, values)),
                List.of(),
                List.of(),
                List.of());
    }

    private static When.@Nullable Part queryMisfit(String query, String name, String... globs) {
        var values = List.of(globs).stream().map(TextGlob::new).toList();
        return new When(
                        List.of(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new NamedValue(name, values)),
                        List.of(),
                        List.of())
                .misfit(Given.request("GET", "/a" + query));
    }

    @Test
    void takesServicesByPatternAndLabel() {
        var here = new When(
                List.of(new TextGlob("pay*")),
                Map.of("tier", new TextGlob("1")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var elsewhere = new When(
                List.of(new TextGlob("ledger")),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var unlabelled = new When(
                List.of(),
                Map.of("team", new TextGlob("*")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());

        assertThat(misfit(here)).isNull();
        assertThat(misfit(elsewhere)).isEqualTo(When.Part.SERVICE);
        assertThat(misfit(unlabelled)).isEqualTo(When.Part.LABELS);
    }

    @Test
    void takesCallersGroupsAndMethods() {
        assertThat(misfit(of(List.of(new CallerPattern("key:ci-*")), List.of(), List.of())))
                .isNull();
        assertThat(misfit(of(List.of(new CallerPattern("group:shop")), List.of(), List.of())))
                .isNull();
        assertThat(misfit(of(List.of(new CallerPattern("key:cd-*")), List.of(), List.of())))
                .isEqualTo(When.Part.CALLER);
        assertThat(misfit(of(List.of(), List.of(new CallerPattern("group:sre")), List.of())))
                .isEqualTo(When.Part.GROUP);
        assertThat(misfit(of(List.of(), List.of(), List.of("GET", "PUT")))).isEqualTo(When.Part.METHOD);
        assertThat(misfit(of(List.of(), List.of(), List.of("post")))).isEqualTo(When.Part.METHOD);
    }

    @Test
    void looksAtEveryLineOfAField() {
        assertThat(misfit(header("x-env", "prod"))).isNull();
        assertThat(misfit(header("x-env", "eu-*"))).isNull();
        assertThat(misfit(header("x-env", "*"))).isNull();
        assertThat(misfit(header("x-env", "PROD"))).isEqualTo(When.Part.HEADER);
        assertThat(misfit(header("x-env"))).isEqualTo(When.Part.HEADER);
        assertThat(misfit(header("x-other"))).isNull();
        assertThat(misfit(header("x-other", "*"))).isEqualTo(When.Part.HEADER);
    }

    @ParameterizedTest
    @CsvSource({
        "?dry=true, dry, true, true",
        "?a=1&dry=true, dry, true, true",
        "?%64ry=tr%75e, dry, true, true",
        "?a+b=c+d, 'a b', 'c d', true",
        "?dry, dry, *, true",
        "?dry=, dry, *, true",
        "?dryer=true, dry, *, false",
        "?x=dry, dry, *, false",
        "?dry=false&dry=true, dry, true, true",
        "?dry=%zz, dry, %zz, true",
        "?%C3%A4=1, ä, 1, true",
        "?, dry, *, false"
    })
    void readsTheQueryAsFormsAreRead(String query, String name, String glob, boolean fits) {
        assertThat(queryMisfit(query, name, glob)).isEqualTo(fits ? null : When.Part.QUERY);
    }

    @Test
    void asksForAParameterToBeMissing() {
        assertThat(queryMisfit("?dry=1", "dry")).isEqualTo(When.Part.QUERY);
        assertThat(queryMisfit("?wet=1", "dry")).isNull();
        assertThat(queryMisfit("", "dry")).isNull();
    }

    @Test
    void keepsToTimes() {
        var inside = new When(
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(TimeWindow.parse("22:00-05:00 UTC")),
                List.of());
        var outside = new When(
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(TimeWindow.parse("11:00-13:00 UTC")));

        assertThat(misfit(inside)).isEqualTo(When.Part.INSIDE);
        assertThat(misfit(outside)).isEqualTo(When.Part.OUTSIDE);
    }
}
