// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.Ticket.Commit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemorySpoolTest implements SpoolContract {
    private final InMemorySpool spool = new InMemorySpool();

    @Override
    public Spool spool() {
        return spool;
    }

    @Test
    void keepsWhatItWasGiven() {
        MaskedExchange exchange = SpoolContract.exchange(1, Durability.STRICT);
        var flight = spool.begin(exchange.session().id(), exchange.session().service(), "GET", Durability.STRICT);
        flight.progress(3, 4);
        int inFlight = spool.flights().size();

        spool.complete(exchange, flight);

        assertThat(inFlight).isEqualTo(1);
        assertThat(spool.flights()).isEmpty();
        assertThat(spool.completions().getFirst().responseBody()).isEqualTo("response");
        assertThat(spool.completions().getFirst().session()).isEqualTo(exchange.session());
    }

    @Test
    void failsHangsAndHealsAsItIsTold() {
        MaskedExchange exchange = SpoolContract.exchange(1, Durability.STRICT);
        spool.fail("no disk");
        Commit failed = spool.intent(exchange).await(Duration.ZERO);
        SpoolState failing = spool.state();
        spool.hang();
        Ticket hanging = spool.intent(exchange);
        Commit late = hanging.await(Duration.ofMillis(1));

        spool.heal();

        assertThat(failed).isEqualTo(Commit.FAILED);
        assertThat(failing).isEqualTo(new SpoolState.Failing("no disk"));
        assertThat(late).isEqualTo(Commit.LATE);
        assertThat(hanging.await(Duration.ZERO)).isEqualTo(Commit.DURABLE);
        assertThat(spool.state()).isInstanceOf(SpoolState.Working.class);
    }
}
