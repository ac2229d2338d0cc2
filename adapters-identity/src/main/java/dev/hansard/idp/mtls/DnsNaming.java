// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import dev.hansard.idp.mtls.Naming.Named.Flawed;
import dev.hansard.idp.mtls.Naming.Named.Nobody;
import dev.hansard.idp.mtls.Naming.Named.Subject;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * By the DNS name, in lower case. A wildcard names many, so who shows one is nobody in particular.
 *
 * @param takesFirst whether the first of several counts; else there must be one only
 */
record DnsNaming(boolean takesFirst) implements Naming {
    private static final int LONGEST_NAME = 253;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?" + "(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*+");

    @Override
    public Named name(X509Certificate certificate) {
        AlternativeNames names = AlternativeNames.of(certificate);
        if (names == null) {
            return new Flawed("unreadable_names");
        }
        List<String> hosts = names.hosts();
        if (hosts.isEmpty()) {
            return Nobody.NOBODY;
        }
        if (hosts.stream().anyMatch(host -> host.indexOf('*') >= 0)) {
            return new Flawed("wildcard_name");
        }
        if (hosts.size() > 1 && !takesFirst) {
            return new Flawed("several_names");
        }
        String host = hosts.getFirst().toLowerCase(Locale.ROOT);
        boolean isName = host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
        return isName ? new Subject(host) : new Flawed("invalid_name");
    }
}
