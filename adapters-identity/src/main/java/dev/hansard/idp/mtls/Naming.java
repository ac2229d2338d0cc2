// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import java.security.cert.X509Certificate;

/** How the subject of a caller is found in its certificate. Safe for any number of threads. */
sealed interface Naming permits SpiffeNaming, DnsNaming, DistinguishedNaming {
    /** Whom a certificate names that was verified when the connection was made. */
    Named name(X509Certificate certificate);

    /** What a certificate says of its owner. */
    sealed interface Named {
        /** The owner's name. */
        record Subject(String text) implements Named {}

        /** No name that this way of naming looks at: another provider may know the owner. */
        record Nobody() implements Named {
            static final Nobody NOBODY = new Nobody();
        }

        /**
         * A name of the kind that this looks at, which cannot be believed.
         *
         * @param reason one stable word for people who run Hansard
         */
        record Flawed(String reason) implements Named {}
    }
}
