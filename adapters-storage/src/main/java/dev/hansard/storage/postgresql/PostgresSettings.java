// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.spi.Options;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.util.Locale;

/**
 * Which database, and how much of it a node may use.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}, with the driver's parameters such as {@code sslmode}
 * @param username the role to connect as
 * @param password of the role; may be empty where the server asks for none
 * @param pool most connections of one node to each of catalog and control data
 * @param schema what the names of the two schemas begin with: {@code SCHEMA_catalog} and {@code SCHEMA_control}
 */
record PostgresSettings(String url, String username, Secret password, int pool, String schema) {
    /** What a URL begins with. */
    public static final String URL_PREFIX = "jdbc:postgresql:";

    /** Fewest connections: one writes while others read. */
    public static final int LEAST_POOL = 2;

    /** Most connections. */
    public static final int MOST_POOL = 100;

    /** What suits one node. */
    public static final int DEFAULT_POOL = 8;

    public static final String DEFAULT_SCHEMA = "hansard";

    private static final int LONGEST_SCHEMA = 48;

    public PostgresSettings {
        if (!url.startsWith(URL_PREFIX)) {
            throw new InvalidValueException(
                    "PostgreSQL url must begin with " + URL_PREFIX + ", such as jdbc:postgresql://db:5432/hansard");
        }
        if (holdsPassword(url)) {
            throw new InvalidValueException("PostgreSQL url must not hold the password; write it as 'password'");
        }
        if (pool < LEAST_POOL || pool > MOST_POOL) {
            throw new InvalidValueException(
                    "PostgreSQL pool must be " + LEAST_POOL + " to " + MOST_POOL + ", but is " + pool);
        }
        if (!isSchema(schema)) {
            throw new InvalidValueException("PostgreSQL schema '" + schema + "' must be 1 to " + LONGEST_SCHEMA
                    + " of a-z 0-9 _ and begin with a letter");
        }
    }

    /** Reads what is written beside the type. */
    static PostgresSettings read(Options options) {
        String url = options.text("url");
        if (!url.startsWith(URL_PREFIX)) {
            throw options.misfit("url", "a URL such as jdbc:postgresql://db:5432/hansard");
        }
        if (holdsPassword(url)) {
            throw options.misfit("url", "without the password, which is written as 'password'");
        }
        String username = options.text("username", DEFAULT_SCHEMA);
        Secret password = options.has("password") ? options.secret("password") : Secret.of("");
        int pool = (int) options.whole("pool", DEFAULT_POOL, LEAST_POOL, MOST_POOL);
        String schema = options.text("schema", DEFAULT_SCHEMA);
        if (!isSchema(schema)) {
            throw options.misfit("schema", "1 to " + LONGEST_SCHEMA + " of a-z 0-9 _ that begin with a letter");
        }
        return new PostgresSettings(url, username, password, pool, schema);
    }

    private static boolean holdsPassword(String url) {
        return url.toLowerCase(Locale.ROOT).contains("password=");
    }

    private static boolean isSchema(String text) {
        return text.length() <= LONGEST_SCHEMA && text.matches("[a-z][a-z0-9_]*");
    }

    /** The URL without its parameters, for people. */
    String place() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
