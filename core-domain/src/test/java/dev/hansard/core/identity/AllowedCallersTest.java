// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowedCallersTest {
    private static Caller caller(String subject, String... groups) {
        return new Caller("p", subject, List.of(groups));
    }

    @Test
    void aServiceTakesOnlyThoseThatItLists() {
        var payments = new ServiceName("payments");
        var allowed = new AllowedCallers(
                Map.of(payments, List.of(new CallerPattern("group:checkout"), new CallerPattern("billing"))));

        assertThat(allowed.refusal(payments, caller("billing"))).isNull();
        assertThat(allowed.refusal(payments, caller("cart", "checkout"))).isNull();
        assertThat(allowed.refusal(payments, caller("cart")))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(403));
        assertThat(allowed.refusal(new ServiceName("search"), caller("cart"))).isNull();
    }

    @Test
    void aServiceThatListsNobodyTakesNobody() {
        var payments = new ServiceName("payments");
        var allowed = new AllowedCallers(Map.of(payments, List.of()));

        assertThat(allowed.refusal(payments, caller("billing"))).isNotNull();
    }
}
