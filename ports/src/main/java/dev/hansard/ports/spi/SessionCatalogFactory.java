// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.session.SessionCatalog;

/**
 * Makes the catalogs of sessions that {@code storage.catalog} chooses.
 *
 * @since 0.1
 */
public interface SessionCatalogFactory extends StorageFactory<SessionCatalog> {}
