// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

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
import org.jspecify.annotations.Nullable;

/** Who is signed in at any of the nodes. Asked anew with each request of a person: a sign-out holds at once. */
final class PostgresSignedInRecords implements SignedInRecords {
    private static final String ADD = "INSERT INTO signed_in"
            + " VALUES (:digest, :provider, :subject, :groups, :actors, :name, :email, :usedAt, :endsAt)";
    /** Those who sign in at the same time wait for each other, so that the limits hold. */
    private static final String IN_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('hansard signed_in', 0))";

    private static final String ROOM_OF_ONE = "DELETE FROM signed_in WHERE digest IN (SELECT digest FROM signed_in"
            + " WHERE provider = ? AND subject = ? ORDER BY used_at DESC OFFSET ?)";
    private static final String ROOM =
            "DELETE FROM signed_in WHERE digest IN (SELECT digest FROM signed_in ORDER BY used_at DESC OFFSET ?)";

    private final PostgresDatabase database;

    PostgresSignedInRecords(PostgresDatabase database) {
        this.database = database;
    }

    private static OffsetDateTime column(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String encoded(@Nullable String text) {
        return text == null ? null : PostgresText.encode(text);
    }

    private static @Nullable String decoded(@Nullable String text) {
        return text == null ? null : PostgresText.decode(text);
    }

    private static String[] encoded(List<String> texts) {
        return texts.stream().map(PostgresText::encode).toArray(String[]::new);
    }

    @Override
    public void add(SignedInRecord added, Instant now, Instant idleSince) {
        Caller caller = added.person().caller();
        String provider = PostgresText.encode(caller.provider());
        String subject = PostgresText.encode(caller.subject());
        database.change(handle -> {
            handle.execute(IN_TURN);
            handle.execute("DELETE FROM signed_in WHERE ends_at <= ? OR used_at <= ?", column(now), column(idleSince));
            handle.execute(ROOM_OF_ONE, provider, subject, MOST_OF_ONE - 1);
            handle.execute(ROOM, MOST - 1);
            return handle.createUpdate(ADD)
                    .bind("digest", added.digest())
                    .bind("provider", provider)
                    .bind("subject", subject)
                    .bindArray("groups", String.class, (Object[]) encoded(caller.groups()))
                    .bindArray("actors", String.class, (Object[]) encoded(caller.actors()))
                    .bind("name", encoded(added.person().name()))
                    .bind("email", encoded(added.person().email()))
                    .bind("usedAt", column(added.usedAt()))
                    .bind("endsAt", column(added.endsAt()))
                    .execute();
        });
    }

    @Override
    public @Nullable SignedInRecord find(String digest) {
        return database.change(handle -> handle.createQuery("SELECT * FROM signed_in WHERE digest = ?")
                        .bind(0, digest)
                        .map((row, _) -> record(row))
                        .findOne())
                .orElse(null);
    }

    private static SignedInRecord record(ResultSet row) throws SQLException {
        var caller = new Caller(
                PostgresText.decode(row.getString("provider")),
                PostgresText.decode(row.getString("subject")),
                texts(row.getArray("caller_groups")),
                texts(row.getArray("actors")));
        return new SignedInRecord(
                row.getString("digest"),
                new Person(caller, decoded(row.getString("name")), decoded(row.getString("email"))),
                row.getObject("used_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant());
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray())
                .map(PostgresText::decode)
                .toList();
    }

    @Override
    public void use(String digest, Instant at) {
        database.change(handle -> handle.execute(
                "UPDATE signed_in SET used_at = ? WHERE digest = ? AND used_at < ?", column(at), digest, column(at)));
    }

    @Override
    public @Nullable SignedInRecord remove(String digest) {
        return database.change(handle -> handle.createQuery("DELETE FROM signed_in WHERE digest = ? RETURNING *")
                        .bind(0, digest)
                        .map((row, _) -> record(row))
                        .findOne())
                .orElse(null);
    }

    @Override
    public int count() {
        return database.change(handle -> handle.createQuery("SELECT count(*) FROM signed_in")
                .mapTo(Integer.class)
                .one());
    }
}
