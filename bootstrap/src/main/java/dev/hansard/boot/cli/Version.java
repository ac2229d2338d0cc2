// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.jar.Manifest;

/** The version of this release. */
public final class Version {
    /** The version of what was not built as a release. */
    public static final String DEVELOPMENT = "development";

    private Version() {}

    /** {@code Hansard-Version} of the jar's manifest. */
    public static String current() {
        try {
            // A class path has many manifests; only ours has this line.
            Enumeration<URL> manifests = Version.class.getClassLoader().getResources("META-INF/MANIFEST.MF");
            while (manifests.hasMoreElements()) {
                try (InputStream in = manifests.nextElement().openStream()) {
                    String version = new Manifest(in).getMainAttributes().getValue("Hansard-Version");
                    if (version != null) {
                        return version;
                    }
                }
            }
        } catch (IOException _) {
            return DEVELOPMENT; // A jar that is being replaced; nothing hangs on the version.
        }
        return DEVELOPMENT;
    }
}
