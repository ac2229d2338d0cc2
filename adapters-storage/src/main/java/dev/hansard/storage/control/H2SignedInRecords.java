// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignedInRecord;
import dev.hansard.ports.identity.SignedInRecords;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who is signed in, in the database, so that a restart signs nobody out. */
final class H2SignedInRecords implements SignedInRecords {
    private static final String ROOM_OF_ONE = "DELETE FROM signed_in WHERE digest IN (SELECT digest FROM signed_in"
            + " WHERE provider = ? AND subject = ? ORDER BY used_at DESC OFFSET ?)";
    private static final String ROOM =
            "DELETE FROM signed_in WHERE digest IN (SELECT digest FROM signed_in ORDER BY used_at DESC OFFSET ?)";

    private final ControlDatabase database;

    H2SignedInRecords(ControlDatabase database) {
        this.database = database;
    }

    private static OffsetDateTime column(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    @Override
    public void add(SignedInRecord added, Instant now, Instant idleSince) {
        Caller caller = added.person().caller();
        database.change(handle -> {
            handle.execute("DELETE FROM signed_in WHERE ends_at <= ? OR used_at <= ?", column(now), column(idleSince));
            handle.execute(ROOM_OF_ONE, caller.provider(), caller.subject(), MOST_OF_ONE - 1);
            handle.execute(ROOM, MOST - 1);
            return handle.execute(
                    "INSERT INTO signed_in VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    added.digest(),
                    caller.provider(),
                    caller.subject(),
                    caller.groups().toArray(String[]::new),
                    caller.actors().toArray(String[]::new),
                    added.person().name(),
                    added.person().email(),
                    column(added.usedAt()),
                    column(added.endsAt()));
        });
    }

    @Override
    public @Nullable SignedInRecord find(String digest) {
        return database.read(handle -> find(handle, digest)).orElse(null);
    }

    private static Optional<SignedInRecord> find(Handle handle, String digest) {
        return handle.createQuery("SELECT * FROM signed_in WHERE digest = ?")
                .bind(0, digest)
                .map((row, _) -> record(row))
                .findOne();
    }

    private static SignedInRecord record(ResultSet row) throws SQLException {
        var caller = new Caller(
                row.getString("provider"),
                row.getString("subject"),
                texts(row.getArray("caller_groups")),
                texts(row.getArray("actors")));
        return new SignedInRecord(
                row.getString("digest"),
                new Person(caller, row.getString("name"), row.getString("email")),
                row.getObject("used_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant());
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray())
                .map(String.class::cast)
                .toList();
    }

    @Override
    public void use(String digest, Instant at) {
        database.change(handle -> handle.execute(
                "UPDATE signed_in SET used_at = ? WHERE digest = ? AND used_at < ?", column(at), digest, column(at)));
    }

    @Override
    public @Nullable SignedInRecord remove(String digest) {
        Optional<SignedInRecord> removed = database.change(handle -> {
            Optional<SignedInRecord> there = find(handle, digest);
            int gone = handle.execute("DELETE FROM signed_in WHERE digest = ?", digest);
            return gone == 1 ? there : Optional.empty();
        });
        return removed.orElse(null);
    }

    @Override
    public int count() {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM signed_in")
                .mapTo(Integer.class)
                .one());
    }
}
