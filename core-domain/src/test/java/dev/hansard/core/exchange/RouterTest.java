// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static Match match(@Nullable String listener, @Nullable String host, @Nullable String prefix) {
        return new Match(listener, host, prefix, false);
    }

    private static String found(Router router, String listener, String host, String path) {
        Routed routed = router.route(listener, host, path);
        return routed == null ? "none" : routed.service().name().value() + " " + routed.upstreamPath();
    }

    @ParameterizedTest
    @CsvSource({
        "edge, pay.test, /,            pay-host /",
        "edge, pay.test, /v2/x,        pay-v2 /v2/x",
        "edge, pay.test, /v2,          pay-v2 /v2",
        "edge, pay.test, /v22,         pay-host /v22",
        "edge, pay.test, /orders/1,    pay-host /orders/1",
        "edge, any.test, /orders,      orders /",
        "edge, any.test, /orders/,     orders /",
        "edge, any.test, /orders/1/2,  orders /1/2",
        "edge, any.test, /orders/old,  old-orders /orders/old",
        "edge, any.test, /orders/older, orders /older",
        "edge, any.test, /ordersx,     none",
        "edge, any.test, /,            none",
        "edge, any.test, *,            none",
        "edge, pay.test, *,            pay-host *",
        "side, any.test, /orders/1,    side-orders /orders/1",
        "side, any.test, /x,           side-rest /x",
        "side, any.test, *,            side-rest *"
    })
    void prefersHostThenPrefixThenListener(String listener, String host, String path, String expected) {
        var router = new Router(List.of(
                Services.reachedBy("side-rest", match("side", null, "/")),
                Services.reachedBy("orders", new Match(null, null, "/orders/", true)),
                Services.reachedBy("side-orders", match("side", null, "/orders")),
                Services.reachedBy("old-orders", match(null, null, "/orders/old")),
                Services.reachedBy("pay-host", match(null, "pay.test", null)),
                Services.reachedBy("pay-v2", match("edge", "pay.test", "/v2"))));

        assertThat(found(router, listener, host, path)).isEqualTo(expected);
    }

    @Test
    void findsEachOfManyServices() {
        var services = IntStream.range(0, 1000)
                .mapToObj(i -> Services.reachedBy("s" + i, match(null, null, "/s" + i)))
                .toList();

        var router = new Router(services);

        assertThat(services)
                .allSatisfy(service -> assertThat(found(router, "edge", "a.test", "/" + service.name() + "/x"))
                        .isEqualTo(service.name() + " /" + service.name() + "/x"));
    }

    @Test
    void keepsThePathWhenNothingIsStripped() {
        var router = new Router(List.of(Services.reachedBy("a", Match.ANY)));
        String path = "/a/b";

        Routed routed = Objects.requireNonNull(router.route("edge", "a.test", path));

        assertThat(routed.upstreamPath()).isSameAs(path);
    }

    @Test
    void refusesTwoRoutesThatAreTheSame() {
        var services = List.of(
                Services.reachedBy("one", match("edge", "a.test", "/x/")),
                Services.reachedBy("two", match("edge", "a.test", "/x")));

        assertThatThrownBy(() -> new Router(services))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("match of service 'two' (listener: edge, host: a.test, path-prefix: /x) must be its own,"
                        + " but service 'one' has the same; give one of them another listener, host or path-prefix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "//", "/a//b", "/../a", "/%61", "/%2f", "/%c3%a9", "/a b", "/é"})
    void refusesAPrefixThatNoTargetHas(String prefix) {
        var services = List.of(Services.reachedBy("one", match(null, null, prefix)));

        assertThatThrownBy(() -> Router.check(services))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'one'");
    }

    @Test
    void refusesAHostInUpperCase() {
        var services = List.of(Services.reachedBy("one", match(null, "A.test", null)));

        assertThatThrownBy(() -> Router.check(services)).hasMessageContaining("lower case");
    }

    @Provide
    Arbitrary<List<Match>> matches() {
        Arbitrary<String> paths = Arbitraries.of("a", "b", "aa")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> "/" + String.join("/", parts));
        return Combinators.combine(
                        Arbitraries.of("edge", "side").injectNull(0.4),
                        Arbitraries.of("a.test", "b.test").injectNull(0.4),
                        paths.injectNull(0.3))
                .as(RouterTest::match)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Property(tries = 500)
    void findsWhatALookAtEveryRouteFinds(@ForAll("matches") List<Match> matches, @ForAll("matches") List<Match> asked) {
        var services = new ArrayList<Service>();
        for (Match match : matches) {
            services.add(Services.reachedBy("s" + services.size(), match));
        }
        var router = new Router(services);

        for (Match ask : asked) {
            String listener = ask.listener() == null ? "other" : ask.listener();
            String host = ask.host() == null ? "other.test" : ask.host();
            String path = ask.pathPrefix() == null ? "/" : ask.pathPrefix() + "/";
            Routed routed = router.route(listener, host, path);

            Optional<Match> best = matches.stream()
                    .filter(match ->
                            match.listener() == null || match.listener().equals(listener))
                    .filter(match -> match.host() == null || match.host().equals(host))
                    .filter(match -> match.pathPrefix() == null || path.startsWith(match.pathPrefix() + "/"))
                    .min(Comparator.comparing((Match match) -> match.host() == null)
                            .thenComparingInt(match -> match.pathPrefix() == null
                                    ? 0
                                    : -match.pathPrefix().length())
                            .thenComparing(match -> match.listener() == null));
            assertThat(Stream.ofNullable(routed).flatMap(found -> found.service().matches().stream()))
                    .isEqualTo(best.stream().toList());
        }
    }
}
