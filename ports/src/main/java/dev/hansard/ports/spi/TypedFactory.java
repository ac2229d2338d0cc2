// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

/**
 * What all factories of adapters have in common: a configuration chooses one by a word. A jar in {@code plugins/} names
 * its factories in {@code META-INF/services/} under the name of their interface; each needs a public constructor
 * without parameters.
 *
 * @since 0.1
 */
public interface TypedFactory {
    /** The word that chooses it: lower-case letters, digits and dashes. */
    String type();
}
