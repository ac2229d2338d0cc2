// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import dev.hansard.idp.mtls.Naming.Named.Flawed;
import dev.hansard.idp.mtls.Naming.Named.Nobody;
import dev.hansard.idp.mtls.Naming.Named.Subject;
import dev.hansard.ports.identity.Caller;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** By the whole distinguished name, written as RFC 2253 says: the most specific part first. */
record DistinguishedNaming() implements Naming {
    @Override
    public Named name(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        if (name.isEmpty()) {
            return Nobody.NOBODY;
        }
        if (name.length() > Caller.LONGEST_SUBJECT) {
            return new Flawed("name_too_long");
        }
        return PlainText.isPlain(name) ? new Subject(name) : new Flawed("invalid_name");
    }
}
