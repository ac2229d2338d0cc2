// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.identity.IdentityProvider;

/**
 * Makes the identity providers of one {@code type} of the configuration. A jar in {@code plugins/} names its
 * factories in {@code META-INF/services/dev.hansard.ports.spi.IdentityProviderFactory}; each needs a public
 * constructor without parameters.
 *
 * @since 0.1
 */
public interface IdentityProviderFactory {
    /** The word that chooses it: lower-case letters, digits and dashes. */
    String type();

    /**
     * Makes a provider from what is written under its name. It only reads: no file, no network, no thread, because
     * {@code config validate} calls it, too; {@link IdentityProvider#start} is the time for that.
     *
     * @throws InvalidOptionException when an option is missing or does not fit
     */
    IdentityProvider create(Options options, Surroundings surroundings);
}
