// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.credential;

import dev.hansard.ports.identity.Visitor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where people look at credentials and have them rotated; nobody gets a value. Each rotation is in the audit log. Safe
 * for any number of threads.
 *
 * @since 0.1
 */
public interface CredentialDesk {
    /**
     * All of them, by name.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not
     */
    List<CredentialState> list(Visitor visitor);

    /**
     * Asks the source now; what was there before stays valid for the overlap.
     *
     * @return what came of it; null when there is no such credential
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not
     */
    @Nullable
    Rotation rotate(Visitor visitor, String name);

    /**
     * What came of a rotation.
     *
     * @param changed whether there is another version now; false where the source has the same value as before, or
     *     could not be read, which is then the trouble of {@code state}
     */
    record Rotation(CredentialState state, boolean changed) {}
}
