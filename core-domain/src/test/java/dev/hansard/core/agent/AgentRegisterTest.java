// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.agent.AgentGate.Entry;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentRegisterTest {
    private static final AgentName DC1 = new AgentName("dc1");
    private static final AgentName DC2 = new AgentName("dc2");

    private final AgentRegister register =
            new AgentRegister(Map.of(DC1, Secret.of("token-of-dc1"), DC2, Secret.of("token-of-dc2")));

    @Test
    void letsAnAgentInByItsOwnToken() {
        assertThat(register.enter("dc2", "Bearer token-of-dc2")).isEqualTo(new Entry.Welcome(DC2));
        assertThat(register.enter("dc1", "bearer  token-of-dc1")).isEqualTo(new Entry.Welcome(DC1));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "dc2, none",
                "dc2, ''",
                "dc2, Bearer",
                "dc2, 'Bearer '",
                "dc2, Bearer token-of-dc1",
                "dc2, Bearer token-of-dc2x",
                "dc2, Basic token-of-dc2",
                "dc3, Bearer token-of-dc2",
                "'', Bearer token-of-dc2",
                "dc2/x, Bearer token-of-dc2",
                "nobody, 'Bearer nobody has this token, not even an agent'",
            })
    void turnsAwayAllOthersWithTheSameAnswer(String name, String authorization) {
        Entry usual = register.enter("who", null);

        assertThat(register.enter(name, authorization)).isEqualTo(usual).isInstanceOf(Entry.TurnedAway.class);
    }
}
