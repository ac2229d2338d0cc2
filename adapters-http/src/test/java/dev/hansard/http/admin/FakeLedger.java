// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.ledger.LedgerDesk;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/** Proves everything. */
final class FakeLedger implements LedgerDesk {
    static final String CHECKPOINT = "hansard/ledger/node-1\n1\nAAAA\n\n\u2014 hansard/ledger/node-1 AAAA\n";
    static final byte[] RECORD = {'Z', 'S', 'T', 'D'};

    @Override
    public Optional<Head> head(Visitor visitor) {
        return Optional.of(new Head(CHECKPOINT, "hansard/ledger/node-1+00000000+AAAA"));
    }

    @Override
    public Optional<Proof> proof(Visitor visitor, SessionId id) {
        return Optional.of(new Proof(0, "AQE=", "c2sp.org/tlog-proof@v1\nindex 0\n\n" + CHECKPOINT, true));
    }

    @Override
    public Optional<InputStream> record(Visitor visitor, SessionId id) {
        return Optional.of(new ByteArrayInputStream(RECORD));
    }
}
