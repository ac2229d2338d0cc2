// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import java.io.IOException;

/** What is known of an issuer by its discovery document, and who speaks to it. */
record Issuer(Metadata metadata, HelidonClient client) {
    /** Makes one of metadata that were checked. */
    @FunctionalInterface
    interface Connector {
        /** Asks nobody; throws when the file of authorities cannot be read. */
        Issuer connect(Metadata metadata) throws IOException;
    }
}
