// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.ports.credential.SecretSource;

/** How Hansard proves to a vault who it is. */
sealed interface VaultLogin {
    /** A token, read anew each time, since an agent may renew it in its file. */
    record Token(SecretSource token) implements VaultLogin {}

    /**
     * A role and its secret, which get a token.
     *
     * @param mount where the method is enabled
     */
    record AppRole(String mount, String roleId, SecretSource secretId) implements VaultLogin {}
}
