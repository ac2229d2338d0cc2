// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

/**
 * In what databases differ here.
 *
 * @param schema as {@code information_schema} has it
 * @param text what elements of an array of texts are called
 * @param snapshot the isolation, one of {@link java.sql.Connection}, in which all is read as of one moment
 */
public record Dialect(String schema, String text, int snapshot) {}
