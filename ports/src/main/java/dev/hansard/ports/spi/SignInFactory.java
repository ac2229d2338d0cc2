// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.identity.SignIn;

/**
 * Makes the ways to sign in of one {@code type} of the configuration.
 *
 * @since 0.1
 */
public interface SignInFactory extends TypedFactory {
    /**
     * Makes one from what is written under its name. It only reads: no file, no network, no thread, because
     * {@code config validate} calls it, too; {@link SignIn#start} is the time for that.
     *
     * @throws InvalidOptionException when an option is missing or does not fit
     */
    SignIn create(Options options, Surroundings surroundings);
}
