// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hansard.ports.lease.Lease;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.tables.ControlTables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one schema. Nothing waits for the server without an end: a statement ends itself after {@link
 * #STATEMENT}, the wait for a lock after {@link #LOCK}, and should the server or the network fall silent, the socket
 * after {@link #SOCKET}. A transaction whose node has stopped in its middle is ended by the server, so that the locks
 * which it holds do not stop other nodes.
 */
final class PostgresDatabase implements ControlTables, AutoCloseable {
    /** Longest time to get a connection, a new one or one that another thread gives back. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final Duration LOCK = Duration.ofSeconds(5);
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);
    private static final Duration STATEMENT = Duration.ofSeconds(20);
    private static final Duration SOCKET = Duration.ofSeconds(30);
    private static final Duration UNUSED = Duration.ofMinutes(2);

    /**
     * Plans are made for the values at hand, since only so is a partition left out that cannot hold them. Commits are
     * on disk when they return, whatever the server does otherwise: after them the spool gives its files up.
     */
    private static final String SETTINGS = "SET statement_timeout = " + STATEMENT.toMillis()
            + "; SET lock_timeout = " + LOCK.toMillis()
            + "; SET idle_in_transaction_session_timeout = " + IDLE_IN_TRANSACTION.toMillis()
            + "; SET plan_cache_mode = force_custom_plan; SET jit = off"
            + "; SET synchronous_commit = on; SET client_min_messages = warning";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final String place;
    private final ScopedValue<Lease> under = ScopedValue.newInstance();

    private PostgresDatabase(HikariDataSource pool, String place) {
        this.pool = pool;
        this.place = place;
        this.jdbi = Jdbi.create(pool)
                .registerArrayType(String.class, "text")
                .registerArrayType(UUID.class, "uuid")
                // Statements are sent as they are written: nothing is filled into them.
                .configure(SqlStatements.class, statements -> statements.setTemplateEngine(TemplateEngine.NOP));
    }

    /** The schema of its tables. */
    String schema() {
        return pool.getSchema();
    }

    /** Connects only when there is work. */
    static PostgresDatabase of(PostgresSettings settings, String schema) {
        var config = new HikariConfig();
        config.setPoolName(schema);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password().reveal());
        config.setSchema(schema);
        config.setMaximumPoolSize(settings.pool());
        config.setMinimumIdle(1);
        config.setIdleTimeout(UNUSED.toMillis());
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(SETTINGS);
        config.addDataSourceProperty("ApplicationName", "hansard");
        config.addDataSourceProperty("connectTimeout", CONNECT.toSeconds());
        config.addDataSourceProperty("socketTimeout", SOCKET.toSeconds());
        config.addDataSourceProperty("tcpKeepAlive", true);
        // Its messages would hold values of statements that failed.
        config.addDataSourceProperty("logServerErrorDetail", false);
        return new PostgresDatabase(new HikariDataSource(config), settings.place());
    }

    /** Does something in which each statement stands for itself. */
    <T extends @Nullable Object> T with(Work<T> work) {
        if (pool.isClosed()) {
            throw new StorageException("the connection to " + place + " is closed");
        }
        try {
            return jdbi.<T, SQLException>withHandle(handle -> {
                try {
                    return work.on(handle);
                } catch (SQLException | JdbiException e) {
                    leaveFormerPrimary(handle, e);
                    throw e;
                }
            });
        } catch (SQLException | JdbiException e) {
            throw failed(e);
        }
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        return with(work);
    }

    @Override
    public String encode(String text) {
        return PostgresText.encode(text);
    }

    @Override
    public String decode(String text) {
        return PostgresText.decode(text);
    }

    /** The URL without its parameters, for people. */
    String place() {
        return place;
    }

    /** Makes what is done on this thread meanwhile hang on a lease. */
    void under(Lease lease, Runnable work) {
        ScopedValue.where(under, lease).run(work);
    }

    /**
     * Does something in one transaction.
     *
     * @throws dev.hansard.ports.lease.LeaseLostException when it is done under a lease that is over
     */
    @Override
    public <T extends @Nullable Object> T change(Work<T> work) {
        return with(handle -> handle.<T, SQLException>inTransaction(open -> {
            if (under.isBound()) {
                PostgresLeases.require(open, under.get());
            }
            return work.on(open);
        }));
    }

    /** A connection to a server that became a standby works on, but will never write again. */
    private void leaveFormerPrimary(Handle handle, Exception e) {
        if (PostgresFailure.READ_ONLY.equals(PostgresFailure.stateOf(e))) {
            pool.evictConnection(handle.getConnection());
        }
    }

    /** Without what JDBI says, which holds the statement. */
    private StorageException failed(Exception e) {
        String message = "PostgreSQL at " + place + " " + PostgresFailure.describe(e);
        SQLException cause = PostgresFailure.sqlCause(e);
        return cause == null ? new StorageException(message) : new StorageException(message, cause);
    }

    /** The state of the SQL error behind a failure; null when there is none. */
    static @Nullable String stateOf(StorageException failure) {
        return failure.getCause() == null ? null : PostgresFailure.stateOf(failure.getCause());
    }

    @Override
    public void close() {
        pool.close();
    }
}
