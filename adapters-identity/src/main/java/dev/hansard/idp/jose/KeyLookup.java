// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

/** What a {@link Keyring} knows of a key. */
public sealed interface KeyLookup {
    /** The key, and the generation of keys that it is of. */
    record Known(VerificationKey key, long generation) implements KeyLookup {}

    /** The issuer has no such key. */
    record Unknown() implements KeyLookup {}

    /** Nobody can tell at the moment. */
    record OutOfReach() implements KeyLookup {}
}
