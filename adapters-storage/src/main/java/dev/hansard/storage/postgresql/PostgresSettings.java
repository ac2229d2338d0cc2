// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

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
public record PostgresSettings(String url, String username, Secret password, int pool, String schema) {
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
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new InvalidValueException("PostgreSQL url must not hold the password; write it as 'password'");
        }
        if (pool < LEAST_POOL || pool > MOST_POOL) {
            throw new InvalidValueException(
                    "PostgreSQL pool must be " + LEAST_POOL + " to " + MOST_POOL + ", but is " + pool);
        }
        if (schema.length() > LONGEST_SCHEMA || !schema.matches("[a-z][a-z0-9_]*")) {
            throw new InvalidValueException("PostgreSQL schema '" + schema + "' must be 1 to " + LONGEST_SCHEMA
                    + " of a-z 0-9 _ and begin with a letter");
        }
    }

    /** The URL without its parameters, for people. */
    String place() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
