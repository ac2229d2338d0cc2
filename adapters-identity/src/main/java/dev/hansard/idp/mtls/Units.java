// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import dev.hansard.ports.identity.Caller;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The organizational units of a certificate's subject, which can stand for groups. */
final class Units {
    private static final String TYPE = "OU";
    private static final int LONGEST = 256;

    private Units() {}

    /** Those of a certificate, the most specific first; null when one cannot be taken as it stands. */
    static @Nullable List<String> of(X509Certificate certificate) {
        var units = new ArrayList<String>();
        try {
            var name = new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
            for (Rdn part : name.getRdns().reversed()) {
                if (!addUnits(part, units)) {
                    return null;
                }
            }
        } catch (NamingException _) {
            return null;
        }
        List<String> distinct = units.stream().distinct().toList();
        return distinct.size() > Caller.MOST_GROUPS ? null : distinct;
    }

    /** A part may have several attributes, and so several units. */
    private static boolean addUnits(Rdn part, List<String> units) throws NamingException {
        Attribute attribute = part.toAttributes().get(TYPE);
        if (attribute == null) {
            return true;
        }
        for (Enumeration<?> values = attribute.getAll(); values.hasMoreElements(); ) {
            if (!(values.nextElement() instanceof String unit) || unit.length() > LONGEST || !PlainText.isPlain(unit)) {
                return false;
            }
            units.add(unit);
        }
        return true;
    }
}
