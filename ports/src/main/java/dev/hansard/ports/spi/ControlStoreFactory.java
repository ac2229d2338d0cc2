// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

/**
 * Makes the control stores that {@code storage.control} chooses. Left out, it is of the type of the catalog and has its
 * options, where there is a factory of that type, and of type {@code h2} otherwise.
 *
 * @since 0.1
 */
public interface ControlStoreFactory extends StorageFactory<ControlStore> {}
