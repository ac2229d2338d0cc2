// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.plugins;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * The class loader of one plugin. Of Hansard it sees the ports alone, so that a plugin brings its own libraries, in
 * its own versions, and cannot come to depend on what is ours to change.
 */
final class PluginLoader extends URLClassLoader {
    private static final String PORTS = "dev.hansard.ports.";
    private static final String NULLNESS = "org.jspecify.";

    private final ClassLoader host;

    PluginLoader(Path jar, URL location, ClassLoader host) {
        super("plugin " + jar.getFileName(), new URL[] {location}, ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith(PORTS) || name.startsWith(NULLNESS)
                ? host.loadClass(name)
                : super.loadClass(name, resolve);
    }
}
