// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.identity.CallerStatements;
import dev.hansard.ports.identity.CallerStatement;
import dev.hansard.ports.identity.StatementSigner;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Statements about callers for some services, whose signatures anyone can read. */
final class ToldTargets {
    static final String KEYS = "{\"keys\":[]}";

    private ToldTargets() {}

    static Additions none() {
        return of();
    }

    static Additions of(String... services) {
        return new Additions(told(services), CredentialBook.NONE, new ResponseGuards((_, _) -> null));
    }

    private static CallerStatements told(String... services) {
        Set<ServiceName> told = Arrays.stream(services).map(ServiceName::new).collect(Collectors.toSet());
        return new CallerStatements(
                new NodeName("node-1"), told, new Legible(), () -> Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static final class Legible implements StatementSigner {
        @Override
        public String sign(CallerStatement statement) {
            return "signed." + statement.audience() + "." + statement.caller().subject();
        }

        @Override
        public String keySet() {
            return KEYS;
        }
    }
}
