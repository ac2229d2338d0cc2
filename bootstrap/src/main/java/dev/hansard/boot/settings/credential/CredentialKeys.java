// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

/** The keys of a service that are about credentials. */
public final class CredentialKeys {
    public static final String CREDENTIALS = "credentials";
    public static final String ON_REFLECTION = "on-reflection";

    static final String TYPE = "type";
    static final String ID = "id";
    static final String OVERLAP = "overlap";

    private CredentialKeys() {}
}
