// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.recovery.ControlValue;
import dev.hansard.ports.recovery.ControlValue.None;
import dev.hansard.ports.recovery.ControlValue.Octets;
import dev.hansard.ports.recovery.ControlValue.Text;
import dev.hansard.ports.recovery.ControlValue.Texts;
import dev.hansard.ports.recovery.ControlValue.Time;
import dev.hansard.ports.recovery.ControlValue.Truth;
import dev.hansard.ports.recovery.ControlValue.Whole;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** Values between a database and {@link ControlValue}. */
final class Values {
    private Values() {}

    static ControlValue read(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return switch (value) {
            case null -> ControlValue.NONE;
            case String text -> new Text(text);
            case Boolean truth -> new Truth(truth);
            case Long whole -> new Whole(whole);
            case Integer whole -> new Whole(whole);
            case UUID id -> new ControlValue.Id(id);
            case byte[] octets -> new Octets(Base64.getEncoder().encodeToString(octets));
            case Array texts ->
                new Texts(Arrays.stream((Object[]) texts.getArray())
                        .map(String.class::cast)
                        .toList());
            case OffsetDateTime time -> new Time(time.toInstant());
            case java.sql.Timestamp _ ->
                new Time(row.getObject(column, OffsetDateTime.class).toInstant());
            default ->
                throw new IllegalStateException("column "
                        + row.getMetaData().getColumnName(column) + " is of a type that backups do not know: "
                        + value.getClass().getName());
        };
    }

    static void bind(PreparedStatement statement, int at, ControlValue value, String text) throws SQLException {
        switch (value) {
            case None _ -> statement.setNull(at, Types.NULL);
            case Text(String it) -> statement.setString(at, it);
            case Whole(long it) -> statement.setLong(at, it);
            case Truth(boolean it) -> statement.setBoolean(at, it);
            case Time(var it) -> statement.setObject(at, it.atOffset(ZoneOffset.UTC));
            case ControlValue.Id(UUID it) -> statement.setObject(at, it);
            case Texts(var it) ->
                statement.setArray(at, statement.getConnection().createArrayOf(text, it.toArray(String[]::new)));
            case Octets(String it) -> statement.setBytes(at, Base64.getDecoder().decode(it));
        }
    }
}
