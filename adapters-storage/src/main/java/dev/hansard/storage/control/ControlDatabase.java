// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.lease.Lease;
import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.recovery.ControlRow;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.tables.ControlTables;
import dev.hansard.storage.tables.Dialect;
import dev.hansard.storage.tables.TableCopies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The H2 file of the control data. Unlike the catalog it cannot be made again, so a change is on disk before it is
 * confirmed: each transaction is followed by a sync, which is cheap enough for what people do.
 */
final class ControlDatabase implements ControlTables, AutoCloseable {
    /** What brought the file from each version to the next; only ever added to. */
    private static final List<List<String>> MIGRATIONS = List.of(
            List.of("""
            CREATE TABLE api_key(
                id VARCHAR(12) PRIMARY KEY,
                name VARCHAR(63) NOT NULL UNIQUE,
                digest VARCHAR(64) NOT NULL,
                key_groups VARCHAR ARRAY NOT NULL,
                created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
                created_by VARCHAR NOT NULL,
                expires_at TIMESTAMP(9) WITH TIME ZONE,
                revoked_at TIMESTAMP(9) WITH TIME ZONE)""", """
            CREATE TABLE audit(
                number BIGINT PRIMARY KEY,
                happened_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
                provider VARCHAR NOT NULL,
                actor VARCHAR NOT NULL,
                action VARCHAR(63) NOT NULL,
                object VARCHAR NOT NULL,
                session UUID,
                peer VARCHAR NOT NULL,
                reason VARCHAR,
                allowed BOOLEAN NOT NULL)"""),
            List.of("""
            CREATE TABLE hold(
                number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                id VARCHAR(32) NOT NULL UNIQUE,
                name VARCHAR NOT NULL,
                query VARCHAR NOT NULL,
                sessions BIGINT NOT NULL)""", """
            CREATE TABLE hold_event(
                hold VARCHAR(32) NOT NULL,
                number INT NOT NULL,
                kind VARCHAR(32) NOT NULL,
                happened_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
                provider VARCHAR NOT NULL,
                actor VARCHAR NOT NULL,
                reason VARCHAR NOT NULL,
                PRIMARY KEY(hold, number))""", """
            CREATE TABLE hold_session(
                session UUID NOT NULL,
                hold VARCHAR(32) NOT NULL,
                service VARCHAR NOT NULL,
                started_hour BIGINT NOT NULL,
                PRIMARY KEY(session, hold))""", """
            CREATE INDEX hold_session_by_segment ON hold_session(service, started_hour)""", """
            CREATE TABLE removal(
                number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                segment VARCHAR NOT NULL,
                cause VARCHAR(32) NOT NULL,
                session UUID)""", """
            CREATE TABLE clock_mark(
                seen_at TIMESTAMP(9) WITH TIME ZONE NOT NULL)"""),
            List.of("""
            CREATE TABLE lease(
                name VARCHAR(63) PRIMARY KEY,
                node VARCHAR NOT NULL,
                fence BIGINT NOT NULL,
                ends_at TIMESTAMP(9) WITH TIME ZONE NOT NULL)""", """
            CREATE TABLE signed_in(
                digest VARCHAR(64) PRIMARY KEY,
                provider VARCHAR NOT NULL,
                subject VARCHAR NOT NULL,
                caller_groups VARCHAR ARRAY NOT NULL,
                actors VARCHAR ARRAY NOT NULL,
                name VARCHAR,
                email VARCHAR,
                used_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
                ends_at TIMESTAMP(9) WITH TIME ZONE NOT NULL)""", """
            CREATE INDEX signed_in_by_person ON signed_in(provider, subject)"""),
            List.of("""
            CREATE TABLE foreign_removal(
                number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                node VARCHAR NOT NULL,
                removed_by VARCHAR NOT NULL,
                happened_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
                segment VARCHAR NOT NULL,
                cause VARCHAR(32) NOT NULL,
                actor VARCHAR NOT NULL,
                reason VARCHAR NOT NULL,
                records VARCHAR NOT NULL)"""),
            List.of("""
            CREATE TABLE alert(
                subject VARCHAR(128) PRIMARY KEY,
                alert_level INT NOT NULL,
                state VARCHAR(128) NOT NULL,
                detail VARCHAR(500) NOT NULL,
                since TIMESTAMP(9) WITH TIME ZONE NOT NULL)"""),
            List.of("""
            CREATE TABLE approval(
                id UUID PRIMARY KEY,
                version BIGINT NOT NULL,
                state VARCHAR(32) NOT NULL,
                service VARCHAR NOT NULL,
                node VARCHAR NOT NULL,
                provider VARCHAR NOT NULL,
                subject VARCHAR NOT NULL,
                expires_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
                stands_until TIMESTAMP(9) WITH TIME ZONE,
                keep_until TIMESTAMP(9) WITH TIME ZONE NOT NULL,
                document VARBINARY(1048576) NOT NULL)""", """
            CREATE INDEX approval_by_state ON approval(state, expires_at)""", """
            CREATE INDEX approval_by_caller ON approval(stands_until, subject)"""),
            // How far many approvals are is asked twice a second: without their documents, which a row brings along.
            List.of("""
            CREATE INDEX approval_state ON approval(id, state)"""));

    private static final int CONNECTIONS = 8;
    private static final TableCopies TABLES =
            new TableCopies(new Dialect("PUBLIC", "VARCHAR", Connection.TRANSACTION_SERIALIZABLE));

    private final JdbcConnectionPool pool;
    private final Jdbi jdbi;
    private final ScopedValue<Lease> under = ScopedValue.newInstance();

    private ControlDatabase(JdbcConnectionPool pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "VARCHAR").registerArrayType(UUID.class, "UUID");
    }

    /**
     * Opens the file, and brings it to this version.
     *
     * @param path the path of the file without H2's suffix
     */
    static ControlDatabase open(String path) {
        // No trace file: it would hold values of statements that failed.
        var pool = JdbcConnectionPool.create(
                "jdbc:h2:retry:" + path + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;CACHE_SIZE=1024",
                "sa",
                "");
        pool.setMaxConnections(CONNECTIONS);
        var database = new ControlDatabase(pool);
        try {
            database.change(database::migrate);
            return database;
        } catch (RuntimeException e) {
            pool.dispose();
            throw e;
        }
    }

    private boolean migrate(Handle handle) {
        handle.execute("CREATE TABLE IF NOT EXISTS layout(version INT NOT NULL)");
        int version = handle.createQuery("SELECT COALESCE(MAX(version), 0) FROM layout")
                .mapTo(Integer.class)
                .one();
        if (version > MIGRATIONS.size()) {
            throw new StorageException("the control data was written by a newer Hansard (layout " + version
                    + ", known are " + MIGRATIONS.size() + "); start that one, or restore a backup");
        }
        for (int next = version; next < MIGRATIONS.size(); next++) {
            MIGRATIONS.get(next).forEach(handle::execute);
            handle.execute("INSERT INTO layout VALUES (?)", next + 1);
        }
        return true;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> reading) {
        try {
            return jdbi.<T, SQLException>withHandle(reading::on);
        } catch (SQLException | JdbiException e) {
            throw failed(e);
        }
    }

    /** Makes what is done on this thread meanwhile hang on a lease. */
    void under(Lease lease, Runnable work) {
        ScopedValue.where(under, lease).run(work);
    }

    /**
     * Makes a change in one transaction; it is on disk when this returns.
     *
     * @throws dev.hansard.ports.lease.LeaseLostException when it is made under a lease that is over
     */
    @Override
    public <T extends @Nullable Object> T change(Work<T> change) {
        return note(handle -> {
            if (under.isBound()) {
                H2Leases.require(handle, under.get());
            }
            return change.on(handle);
        });
    }

    /** The same for what has happened, whether under a lease that is over or not. */
    <T extends @Nullable Object> T note(Work<T> change) {
        try {
            return jdbi.<T, SQLException>withHandle(handle -> {
                T result = handle.<T, SQLException>inTransaction(change::on);
                handle.execute("CHECKPOINT SYNC");
                return result;
            });
        } catch (SQLException | JdbiException e) {
            throw failed(e);
        }
    }

    /** H2 holds every text. */
    @Override
    public String encode(String text) {
        return text;
    }

    @Override
    public String decode(String text) {
        return text;
    }

    /** What copies its tables. */
    ControlCopies copies() {
        return new ControlCopies() {
            @Override
            public void read(Sink sink) throws IOException {
                try {
                    jdbi.<SQLException>useHandle(handle -> {
                        try {
                            TABLES.read(handle.getConnection(), sink);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                } catch (SQLException e) {
                    throw failed(e);
                }
            }

            @Override
            public void fill(Iterator<ControlRow> rows) {
                note(handle -> {
                    TABLES.fill(handle.getConnection(), rows);
                    return true;
                });
            }
        };
    }

    /** The kind of error, without the statement and its values. */
    private static StorageException failed(Exception e) {
        String kind = (e instanceof SQLException ? e : e.getCause()) instanceof SQLException sql
                ? "H2 error " + sql.getErrorCode() + " (SQL state " + sql.getSQLState() + ")"
                : e.getClass().getSimpleName();
        return new StorageException("the control data could not be read or written: " + kind
                + "; see that the folder 'control' of storage.data-dir is writable and has room");
    }

    @Override
    public void close() {
        try {
            jdbi.useHandle(handle -> handle.execute("SHUTDOWN"));
        } catch (JdbiException _) {
            // It is closed, or the next start mends it.
        }
        pool.dispose();
    }
}
